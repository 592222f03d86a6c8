package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.cli.context.Simulators;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ota doctor} against the simulated clouds. */
class DoctorSimulatorTest {

    @TempDir
    private Path scratch;

    private Simulators clouds;
    private Cli cli;

    @BeforeEach
    void start() {
        clouds = Simulators.start(Simulators.Ports.FREE, Clock.systemUTC());
        cli = new Cli(scratch);
        // The simulators use the clock of this machine.
        cli.setClock(Clock.systemUTC());
        configure(clouds.yaml());
    }

    @AfterEach
    void stop() {
        clouds.close();
    }

    @Test
    void all_checks_of_working_clouds_are_ok() {
        assertThat(cli.run("doctor")).as(cli::out).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out())
                .containsSubsequence("huawei (huawei) at http://", "\naliyun (aliyun) at ", "\ntuya (tuya) at ")
                .endsWith("\nNo check failed.\n");
        assertThat(cli.out().replaceAll("\\s+", " ")).contains("the user may upload to bucket ota-firmware");
        assertThat(cli.run("firmware", "uploads", "--backend", "huawei")).isZero();
        assertThat(cli.out()).contains("No unfinished uploads");
    }

    @Test
    void detects_a_wrong_secret_on_every_cloud_and_shows_none() {
        configure(clouds.yaml().replace("secret-key: \"", "secret-key: \"X"));

        assertThat(cli.run("doctor", "--verbose")).isEqualTo(1);
        assertThat(cli.out())
                .endsWith("\nFailed: huawei (credentials, object-store); aliyun (credentials); tuya (credentials)\n");
        assertThat(cli.out() + cli.err()).doesNotContain("FakeSecret", "FakeSimulatorKey", "FAKE0SIMULATOR");
    }

    @ParameterizedTest
    @CsvSource({
        "huawei, project-id: 0, project-id: 1, scope",
        "huawei, app-id: 6, app-id: 7, scope",
        "aliyun, instance-id: iot, instance-id: tio, scope",
        "aliyun, access-key: \"L, access-key: \"X, credentials",
        "tuya, access-key: \"T, access-key: \"X, credentials",
    })
    void detects_a_wrong_setting(String backend, String right, String wrong, String check) {
        configure(clouds.yaml().replace(right, wrong));

        assertThat(cli.run("doctor", "--backend", backend)).isEqualTo(1);
        assertThat(cli.out()).endsWith("\nFailed: " + backend + " (" + check + ")\n");
    }

    @Test
    void detects_the_endpoint_of_another_cloud() {
        String tuya = clouds.tuyaEndpoint().toString();
        configure(clouds.yaml().replace(tuya, clouds.huaweiEndpoint().toString()));

        assertThat(cli.run("doctor", "--backend", "tuya")).isEqualTo(1);
        assertThat(cli.out()).contains("is not Tuya's API").endsWith("\nFailed: tuya (service)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "csv"})
    void reports_unreachable_clouds(String format) {
        clouds.close();

        assertThat(cli.run("doctor", "-o", format)).isEqualTo(1);
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).contains("accepts no connections", "not checked because of failed checks: connection");
    }

    @Test
    void reports_a_wrong_clock_of_this_machine() {
        cli.setClock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));

        assertThat(cli.run("doctor")).isEqualTo(1);
        assertThat(cli.out()).endsWith("\nFailed: huawei (clock); aliyun (clock); tuya (clock)\n");
    }

    @Test
    void warns_if_the_redis_of_a_shared_quota_is_unavailable() {
        configure(clouds.yaml()
                .replace(
                        "    vendor: aliyun\n",
                        "    vendor: aliyun\n    quota: { redis: \"redis://:s3cret@127.0.0.1:1\" }\n"));

        assertThat(cli.run("doctor", "--backend", "aliyun")).isZero();
        assertThat(cli.out()).contains("Redis at 127.0.0.1:1 does not respond").doesNotContain("s3cret");
        assertThat(cli.err()).doesNotContain("s3cret");
    }

    private void configure(String yaml) {
        cli.write(cli.directory.resolve("ota.yaml"), yaml);
    }
}
