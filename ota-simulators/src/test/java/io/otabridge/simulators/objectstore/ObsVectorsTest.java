package io.otabridge.simulators.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.simulators.server.ReceivedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the string to sign with those of the vendor's SDK. */
class ObsVectorsTest {

    @ParameterizedTest
    @MethodSource("vectors")
    void builds_the_same_string_to_sign(JsonNode vector) {
        String[] resource = vector.get("resource").asText().split("\\?");
        ReceivedRequest call = new ReceivedRequest(
                vector.get("method").asText(),
                resource[0],
                resource.length == 1 ? "" : resource[1],
                headers(vector.get("headers").asText()),
                new byte[0]);
        String date =
                call.header("x-obs-date").isDefined() ? "" : call.header("date").getOrElse("");

        assertThat(ObsAuthenticator.stringToSign(call, ObsAddress.of(call), "x-obs-", date))
                .isEqualTo(vector.get("stringToSign").asText());
    }

    private static Stream<JsonNode> vectors() throws IOException {
        try (InputStream file = ObsVectorsTest.class.getResourceAsStream("/vectors/obs-signing-vectors.json")) {
            JsonNode vectors = new ObjectMapper().readTree(file);
            return StreamSupport.stream(vectors.spliterator(), false).filter(vector -> vector.has("stringToSign"));
        }
    }

    private static Map<String, String> headers(String text) {
        return Arrays.stream(text.substring(1, text.length() - 1).split(", (?=[A-Za-z0-9-]+=)"))
                .map(header -> header.split("=", 2))
                .collect(Collectors.toMap(header -> header[0], header -> header[1]));
    }
}
