package com.example.ota;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaBridge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program against simulators of two vendors with their object stores. */
class ReleaseTest {

    private final SimulatedClouds clouds = new SimulatedClouds();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        clouds.close();
    }

    @Test
    void publishes_on_every_backend_and_verifies_what_it_serves() throws IOException {
        Path image = Files.writeString(folder.resolve("mcu.bin"), "an image");

        assertThat(run("4.0.0", image).lines())
                .containsExactly(
                        "prod: created, 8 bytes sent",
                        "prod: 8 bytes, VERIFIED",
                        "legacy: created, 8 bytes sent",
                        "legacy: 8 bytes, VERIFIED",
                        "released: true");
        assertThat(run("4.0.0", image)).contains("prod: exists, 0 bytes sent", "legacy: exists, 0 bytes sent");
    }

    @Test
    void does_not_replace_a_version_with_another_content() throws IOException {
        run("4.0.0", Files.writeString(folder.resolve("mcu.bin"), "an image"));

        assertThat(run("4.0.0", Files.writeString(folder.resolve("other.bin"), "another")))
                .contains("prod: Backend prod already has", "legacy: Backend legacy already has", "another content")
                .endsWith("released: false");
    }

    private String run(String version, Path image) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        boolean isReleased;
        try (OtaBridge ota = OtaBridge.of(clouds.config())) {
            isReleased = Release.release(
                    ota,
                    "thermometer",
                    "MCU",
                    version,
                    image,
                    new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        return printed.toString(StandardCharsets.UTF_8) + "released: " + isReleased;
    }
}
