package com.example.ota;

import io.otabridge.app.ConfigurationException;
import io.otabridge.app.OtaBridge;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.vavr.control.Either;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Publishes an image on every backend, downloads it again, and checks that each backend serves what was built.
 *
 * <p>Usage: {@code Release ota.yaml thermometer MCU 4.0.0 mcu.bin}. It can be repeated: what exists is not sent again.
 */
public final class Release {

    private Release() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 5) {
            System.err.println("usage: Release CONFIGURATION PRODUCT MODULE VERSION FILE");
            System.exit(2);
        }
        try (OtaBridge ota = OtaBridge.load(Path.of(args[0]))) {
            boolean isReleased = release(ota, args[1], args[2], args[3], Path.of(args[4]), System.out);
            System.exit(isReleased ? 0 : 1);
        } catch (ConfigurationException invalid) {
            System.err.println(invalid.getMessage());
            System.exit(2);
        }
    }

    /** Returns whether every backend serves the image. */
    static boolean release(OtaBridge ota, String product, String module, String version, Path image, PrintStream out)
            throws IOException {
        boolean isReleased = true;
        Path copy = Files.createTempFile("release", ".bin");
        try (Artifact built = Artifact.of(image)) {
            for (Backend backend : ota.backends()) {
                NewFirmware firmware = NewFirmware.full(new FirmwareCoordinates(
                                ota.products().resolve(product, backend.name()),
                                FirmwareTarget.module(module),
                                FirmwareVersion.of(version)))
                        .build();
                isReleased &= backend.firmwareCommands()
                        .publish(firmware, built)
                        .peek(result -> out.println(backend.name() + ": "
                                + (result.alreadyExisted() ? "exists" : "created") + ", " + result.bytesSent()
                                + " bytes sent"))
                        .flatMap(result -> download(backend, result, copy, built))
                        .peek(result -> out.println(backend.name() + ": " + result.size() + " bytes, " + result.check()))
                        .peekLeft(failure ->
                                out.println(backend.name() + ": " + failure.summary() + ". " + failure.advice()))
                        .isRight();
            }
        } finally {
            Files.delete(copy);
        }
        return isReleased;
    }

    private static Either<OtaFailure, DownloadResult> download(
            Backend backend, PublishResult published, Path copy, Artifact built) {
        return backend.firmware()
                .download(
                        published.firmware().get().id(), Download.to(copy).expect(built.sha256()));
    }
}
