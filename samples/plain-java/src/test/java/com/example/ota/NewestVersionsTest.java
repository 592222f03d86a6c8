package com.example.ota;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.aliyun.AliyunConfig;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.huawei.HuaweiConfig;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the program against simulators of two vendors, which verify signatures. */
class NewestVersionsTest {

    private final HuaweiSimulator huawei = HuaweiSimulator.start();
    private final AliyunSimulator aliyun = AliyunSimulator.start();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        huawei.close();
        aliyun.close();
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
        huawei.close();

        assertThat(run("MCU")).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsSubsequence("prod (huawei)", "legacy (aliyun)", "  newest: 3.2.1");
    }

    private boolean run(String module) {
        OtaConfig config = OtaConfig.builder()
                .backend(
                        "prod",
                        HuaweiConfig.builder()
                                .endpoint(huawei.endpoint().toString())
                                .projectId(huawei.projectId())
                                .accessKey(huawei.accessKey(), huawei.secretKey())
                                .build())
                .backend(
                        "legacy",
                        AliyunConfig.builder()
                                .endpoint(aliyun.endpoint().toString())
                                .instanceId(aliyun.instanceId())
                                .accessKey(aliyun.accessKey(), aliyun.secretKey())
                                .build())
                .defaultBackend("prod")
                .product(
                        "thermometer",
                        Map.of("prod", HuaweiSimulator.SHARED_PRODUCT, "legacy", AliyunSimulator.SHARED_PRODUCT))
                .build();
        try (OtaBridge ota = OtaBridge.of(config)) {
            return NewestVersions.print(
                    ota, "thermometer", module, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
    }
}
