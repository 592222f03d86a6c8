package com.example.ota;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaBridge;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the program against simulators of two vendors, which verify signatures. */
class NewestVersionsTest {

    private final SimulatedClouds clouds = new SimulatedClouds();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        clouds.close();
    }

    @Test
    void prints_the_newest_version_of_every_vendor() {
        assertThat(run("MCU")).isTrue();

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsSubsequence("prod (huawei)", "  newest: 3.2.1", "legacy (aliyun)", "  newest: 3.2.1");
    }

    @Test
    void reports_a_module_without_packages() {
        assertThat(run("radio")).isFalse();

        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("newest:");
    }

    @Test
    void continues_with_the_other_backend_in_an_outage() {
        clouds.huawei.close();

        assertThat(run("MCU")).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsSubsequence("prod (huawei)", "legacy (aliyun)", "  newest: 3.2.1");
    }

    private boolean run(String module) {
        try (OtaBridge ota = OtaBridge.of(clouds.config())) {
            return NewestVersions.print(
                    ota, "thermometer", module, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
    }
}
