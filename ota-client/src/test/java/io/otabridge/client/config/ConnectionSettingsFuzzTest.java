package io.otabridge.client.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Arbitrary connection settings, one per line: an endpoint has only scheme, host and port, and an error never contains
 * the password.
 */
class ConnectionSettingsFuzzTest {

    private static final String PASSWORD = "p4ssw0rd";

    static List<byte[]> seeds() {
        return Stream.of(
                        "https://iotda.cn-north-4.myhuaweicloud.com\ncn-north-4\n10s\n8388608\n2",
                        "https://0123abc.st1.iotda-app.cn-north-4.myhuaweicloud.com:443/\nx1\n500ms\n1\n0",
                        "http://127.0.0.1:8080",
                        "http://[::1]:1",
                        "https://user:" + PASSWORD + "@host\na\n0s\n0\n10",
                        "https:user:" + PASSWORD + "@host",
                        "https://host/path?query#fragment",
                        "https://xn--fiqs8s.例子",
                        // A host that OkHttp accepts and that is invalid in an address.
                        "https:\"\u00fe\u00ff\"",
                        "host\n" + "a".repeat(64) + "\n999999s\n999999999\n9")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_settings_are_valid_or_an_error(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 5);
        SettingsReader settings = SettingsReader.of(
                "backends.prod",
                Map.of(
                        "endpoint", lines[0],
                        "region", line(lines, 1),
                        "timeout", line(lines, 2),
                        "max-response-bytes", line(lines, 3),
                        "retries", line(lines, 4)));

        Option<ConnectionSettings> connection =
                ConnectionSettings.read(settings, region -> "https://iotda." + region + ".example");

        Either<io.vavr.collection.List<ConfigError>, ConnectionSettings> read = settings.finish(connection::get);
        read.peekLeft(errors -> assertThat(errors)
                .isNotEmpty()
                .noneMatch(error -> lines[0].contains("@")
                        && error.key().endsWith("endpoint")
                        && error.toString().contains(PASSWORD)));
        read.forEach(valid -> check(valid, lines[0]));
    }

    private static void check(ConnectionSettings connection, String text) {
        String address = connection.endpoint().toString();
        assertThat(address).as(text).matches("https?://[^/?#@\\s]+");
        assertThat(Endpoint.parse(address, true).map(Endpoint::url))
                .contains(connection.endpoint().url());
        assertThat(connection.callOptions().timeout()).isPositive();
        assertThat(connection.callOptions().maxBodyBytes()).isPositive();
    }

    private static String line(String[] lines, int number) {
        return number < lines.length ? lines[number] : "cn-north-4";
    }
}
