package io.otabridge.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A documented response body with a placeholder for the requested id. */
record ResponseTemplate(String template) {

    /** Reads the template from this resource. */
    static ResponseTemplate of(String resource) {
        try (InputStream stream =
                Objects.requireNonNull(ResponseTemplate.class.getResourceAsStream(resource), resource)) {
            return new ResponseTemplate(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Returns the body for this id. */
    byte[] withId(String id) {
        return template.replace("@ID@", id).getBytes(StandardCharsets.UTF_8);
    }
}
