package com.example.ota;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.aliyun.AliyunConfig;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.huawei.HuaweiConfig;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program against simulators of two vendors with their object stores. */
class ReleaseTest {

    private final HuaweiSimulator huawei = HuaweiSimulator.start();
    private final AliyunSimulator aliyun = AliyunSimulator.start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        huawei.close();
        aliyun.close();
    }

    @Test
    void publishes_on_every_backend_and_verifies_what_it_serves() throws IOException {
        Path image = Files.writeString(folder.resolve("mcu.bin"), "an image");

        assertThat(run("4.0.0", image).lines())
                .containsExactly(
                        "prod: created, 8 bytes sent",
                        "prod: 8 bytes, VERIFIED",
                        "legacy: created, 8 bytes sent",
                        "legacy: 8 bytes, VERIFIED");
        assertThat(run("4.0.0", image)).contains("prod: exists, 0 bytes sent", "legacy: exists, 0 bytes sent");
    }

    @Test
    void does_not_replace_a_version_with_another_content() throws IOException {
        run("4.0.0", Files.writeString(folder.resolve("mcu.bin"), "an image"));

        assertThat(run("4.0.0", Files.writeString(folder.resolve("other.bin"), "another")))
                .contains("prod: Backend prod already has", "legacy: Backend legacy already has", "another content");
    }

    private String run(String version, Path image) throws IOException {
        OtaConfig config = OtaConfig.builder()
                .backend(
                        "prod",
                        HuaweiConfig.builder()
                                .endpoint(huawei.endpoint().toString())
                                .projectId(huawei.projectId())
                                .appId(huawei.appId())
                                .accessKey(huawei.accessKey(), huawei.secretKey())
                                .obsBucket(huawei.objectStore().bucket())
                                .obsRegion(huawei.region())
                                .obsEndpoint(huawei.objectStore().endpoint().toString())
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
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (OtaBridge ota = OtaBridge.of(config)) {
            Release.release(
                    ota,
                    "thermometer",
                    "MCU",
                    version,
                    image,
                    new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
