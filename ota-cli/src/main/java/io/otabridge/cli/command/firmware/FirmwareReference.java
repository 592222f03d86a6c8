package io.otabridge.cli.command.firmware;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.option.FirmwareTargetOptions;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.control.Either;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that reference one package: an id, or product, target and version. */
final class FirmwareReference {

    @Parameters(paramLabel = "<id>", description = "The vendor's id of the package.")
    private @Nullable FirmwareId id;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable Coordinates coordinates;

    /** Product, target and version, or the newest version. */
    static final class Coordinates {

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

        private Either<OtaFailure, Firmware> find(SelectedBackend selected) {
            return Objects.requireNonNull(version, "version")
                    .find(
                            selected,
                            Objects.requireNonNull(product, "product"),
                            Objects.requireNonNull(target, "target").toTarget(),
                            kind);
        }
    }

    /** Finds the package, with all details. */
    Either<OtaFailure, Firmware> find(SelectedBackend selected) {
        return id != null
                ? selected.backend().firmware().find(id)
                : Objects.requireNonNull(coordinates, "coordinates").find(selected);
    }
}
