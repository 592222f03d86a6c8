package io.otabridge.cli.option;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.control.Either;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Selects the package by its version, or the newest package. */
final class VersionOptions {

    @Option(names = "--firmware-version", paramLabel = "V", description = "Exactly this version.")
    private @Nullable FirmwareVersion version;

    @ArgGroup(exclusive = false)
    private @Nullable NewestOptions newest;

    /** @param kind the kind of the package; null for any */
    Either<OtaFailure, Firmware> find(
            SelectedBackend selected, String product, FirmwareTarget target, @Nullable ImageKind kind) {
        return kind == null
                ? find(selected.backend().firmware(), selected, product, target)
                : kind.on(selected).flatMap(port -> find(port, selected, product, target));
    }

    private Either<OtaFailure, Firmware> find(
            FirmwareQueryPort port, SelectedBackend selected, String product, FirmwareTarget target) {
        if (version != null) {
            return port.find(new FirmwareCoordinates(selected.product(product), target, version));
        }
        NewestOptions options = Objects.requireNonNull(newest, "newest");
        FirmwareFilter all =
                FirmwareFilter.all().product(selected.product(product)).target(target);
        FirmwareFilter filter = options.verified ? all.verified() : all;
        return port.newest(filter, options.toOrder())
                .flatMap(listed -> port.find(listed.id())
                        .flatMap(
                                details -> selected.requireDetails(filter.version(listed.version()), listed, details)));
    }
}
