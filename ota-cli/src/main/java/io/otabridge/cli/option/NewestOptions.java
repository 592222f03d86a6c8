package io.otabridge.cli.option;

import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.VersionComparator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Selects the newest package by an order. */
public final class NewestOptions {

    /** The description of {@code --verified}. */
    public static final String VERIFIED =
            "Only packages that are verified or need no verification. All packages of a vendor without"
                    + " verification, such as Huawei, match.";

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

    @Option(names = "--verified", description = VERIFIED)
    boolean verified;

    FirmwareOrder toOrder() {
        return by == NewestBy.SEMANTIC
                ? FirmwareOrder.byVersion(VersionComparator.SEMANTIC)
                : FirmwareOrder.byCreation();
    }
}
