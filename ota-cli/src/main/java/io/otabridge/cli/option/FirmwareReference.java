package io.otabridge.cli.option;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.control.Either;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Parameters;

/** The options that reference one package: an id, or product, target and version. */
public final class FirmwareReference {

    @Parameters(paramLabel = "<id>", description = "The vendor's id of the package.")
    private @Nullable FirmwareId id;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable FirmwareCoordinatesOptions coordinates;

    /** Finds the package, with all details. */
    public Either<OtaFailure, Firmware> find(SelectedBackend selected) {
        return id != null
                ? selected.backend().firmware().find(id)
                : Objects.requireNonNull(coordinates, "coordinates").find(selected);
    }
}
