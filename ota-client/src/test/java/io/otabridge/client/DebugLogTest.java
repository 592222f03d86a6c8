package io.otabridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.credentials.CredentialEndpointClient;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.RawServer;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a process logs at debug level. The level is fixed at process start, so each test starts a process. */
class DebugLogTest {

    private static final String SECRET_PATH = "keys-s3cr3t";

    @Test
    void does_not_log_the_path_of_a_credentials_uri() throws IOException, InterruptedException {
        try (RawServer server = new RawServer(RawServer.ok())) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DebugLogTest.class.getName(),
                            String.valueOf(server.port()))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(output).isZero();
            assertThat(server.requests()).singleElement().asString().contains(SECRET_PATH);
            assertThat(output)
                    .contains("prod Keys: GET http://127.0.0.1:" + server.port() + "/***")
                    .doesNotContain(SECRET_PATH);
        }
    }

    public static void main(String[] args) {
        ConnectionSettings connection = new ConnectionSettings(
                Endpoint.parse("http://127.0.0.1:" + args[0], false).get(), Option.none(), CallOptions.defaults());
        BackendClient calls = TestClients.client(CallOptions.defaults());
        CredentialEndpointClient.of(calls, "Keys", "temporary keys", "check it", connection, HttpTransport.shared())
                .startSession(Duration.ofSeconds(20))
                .get("/" + SECRET_PATH);
    }
}
