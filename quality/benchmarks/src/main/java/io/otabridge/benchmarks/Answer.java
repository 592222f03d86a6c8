package io.otabridge.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A documented response body with a placeholder for the requested id. */
record Answer(String template) {

    /** The body in this resource. */
    static Answer of(String resource) {
        try (InputStream stream = Objects.requireNonNull(Answer.class.getResourceAsStream(resource), resource)) {
            return new Answer(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The body for this id. */
    byte[] about(String id) {
        return template.replace("@ID@", id).getBytes(StandardCharsets.UTF_8);
    }
}
