package io.otabridge.cli.command.firmware;

import io.otabridge.cli.command.FirmwareFilterOptions;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.VersionComparator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Selects the newest package by an order. */
final class NewestOptions {

    @Option(
            names = "--newest",
            paramLabel = "ORDER",
            arity = "0..1",
            fallbackValue = "created",
            required = true,
            description =
                    "The newest package, by creation time (created, the default) or by version (semantic): Semantic"
                            + " Versioning, or number by number if the versions differ only in their numbers. Versions that"
                            + " cannot be compared are an error.")
    private @Nullable NewestBy by;

    @Option(names = "--verified", description = FirmwareFilterOptions.VERIFIED)
    boolean verified;

    FirmwareOrder toOrder() {
        return by == NewestBy.SEMANTIC
                ? FirmwareOrder.byVersion(VersionComparator.SEMANTIC)
                : FirmwareOrder.byCreation();
    }
}
