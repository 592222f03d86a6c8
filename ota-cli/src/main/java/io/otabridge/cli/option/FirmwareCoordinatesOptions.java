package io.otabridge.cli.option;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.vavr.control.Either;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that reference one package by product, target and version, or the newest version. */
public final class FirmwareCoordinatesOptions {

    @Option(
            names = "--product",
            paramLabel = "P",
            required = true,
            description = "The product, " + ProductOption.MEANING)
    private @Nullable String product;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable FirmwareTargetOptions target;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable VersionOptions version;

    @Option(names = "--kind", paramLabel = "KIND", description = ImageKind.MEANING)
    private @Nullable ImageKind kind;

    /** Finds the package, with all details. */
    public Either<OtaFailure, Firmware> find(SelectedBackend selected) {
        return Objects.requireNonNull(version, "version")
                .find(
                        selected,
                        Objects.requireNonNull(product, "product"),
                        Objects.requireNonNull(target, "target").toTarget(),
                        kind);
    }
}
