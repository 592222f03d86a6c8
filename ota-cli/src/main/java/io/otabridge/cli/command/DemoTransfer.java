package io.otabridge.cli.command;

import io.otabridge.app.FirmwareDiff;
import io.otabridge.app.InventoryRequest;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.promotion.PromotionRequest;
import io.otabridge.cli.context.Simulators;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The part of the demonstration that publishes an image on both clouds, downloads it again, promotes it to a third
 * platform, and compares both clouds.
 *
 * @param directory a temporary directory, from which the written files are deleted
 */
record DemoTransfer(OtaCommand root, Path directory) {

    private static final String PRODUCT = "thermometer";
    private static final FirmwareTarget TARGET = FirmwareTarget.module("MCU");
    private static final FirmwareVersion VERSION = FirmwareVersion.of("3.3.0");
    private static final String IMAGE = "An invented image.\n".repeat(4_000);

    /** Returns the exit code of the first failure. */
    int run(Simulators clouds) throws IOException {
        print("\n4. A new image for both clouds, published, downloaded, promoted and compared\n");
        Path config = Files.writeString(directory.resolve("ota.yaml"), clouds.yaml());
        Artifact image = Artifact.of("mcu-3.3.0.bin", IMAGE.getBytes(StandardCharsets.UTF_8));
        try (OtaBridge ota = OtaBridge.load(config, root.environment().context())) {
            List<Backend> both = ota.backends(Simulators.HUAWEI, Simulators.ALIYUN);
            Either<OtaFailure, List<Firmware>> published = each(both, backend -> publish(ota, backend, image));
            return published
                    .flatMap(stored -> each(both, backend -> publish(ota, backend, image)))
                    .flatMap(stored -> each(both.zip(stored), pair -> download(pair._1, pair._2, image)))
                    .flatMap(downloaded -> promote(ota, published.get().last()))
                    .flatMap(promoted -> compare(ota))
                    .fold(root.errors()::failure, compared -> ExitCode.FOUND);
        }
    }

    private static <A, B> Either<OtaFailure, List<B>> each(List<A> all, Function<A, Either<OtaFailure, B>> call) {
        return Either.sequenceRight(all.map(call)).map(List::ofAll);
    }

    private Either<OtaFailure, Firmware> publish(OtaBridge ota, Backend backend, Artifact image) {
        NewFirmware firmware = NewFirmware.full(
                        new FirmwareCoordinates(ota.products().resolve(PRODUCT, backend.name()), TARGET, VERSION))
                .build();
        return backend.firmwareCommands()
                .publish(firmware, image)
                .peek(result -> print("  " + backend.name() + ": "
                        + (result.alreadyExisted() ? "published again, exists already" : "published " + VERSION)
                        + ", " + result.bytesSent() + " bytes sent"))
                .map(PublishResult::firmware)
                .map(stored -> stored.get());
    }

    private Either<OtaFailure, DownloadResult> download(Backend backend, Firmware firmware, Artifact image) {
        Path file = directory.resolve("mcu.bin");
        try {
            return backend.firmware()
                    .download(firmware.id(), Download.to(file).expect(image.sha256()))
                    .peek(result -> print("  " + backend.name() + ": downloaded " + result.size()
                            + " bytes, verified with the SHA-256 of the image"));
        } finally {
            delete(file);
        }
    }

    private Either<OtaFailure, PublishResult> promote(OtaBridge ota, Firmware firmware) {
        return ota.promote(PromotionRequest.of(firmware.id(), Simulators.ALIYUN, Simulators.TUYA))
                .flatMap(report -> report.results().head().published())
                .peek(result -> print("  " + Simulators.TUYA + ": promoted from " + Simulators.ALIYUN + ", "
                        + result.bytesSent() + " bytes sent"));
    }

    private Either<OtaFailure, FirmwareDiff> compare(OtaBridge ota) {
        FirmwareFilter only = FirmwareFilter.all().target(TARGET).version(VERSION);
        return ota.diff(
                        Simulators.HUAWEI,
                        Simulators.ALIYUN,
                        InventoryRequest.all().product(PRODUCT).filter(only))
                .peek(diff -> print("\n  ota diff " + diff.left() + " " + diff.right() + ": "
                        + (diff.isSame() ? "no difference" : diff.differences().mkString("; "))));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(String text) {
        root.environment().out().println(text);
    }
}
