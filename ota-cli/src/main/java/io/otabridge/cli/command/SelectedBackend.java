package io.otabridge.cli.command;

import io.otabridge.app.ProductAliases;
import io.otabridge.cli.error.CliException;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.module.ModuleCommandPort;
import io.vavr.control.Either;

/**
 * The backend that a command is for, and what the configuration calls products there.
 *
 * @param notes takes what a person may want to know besides the answer
 */
record SelectedBackend(Backend backend, ProductAliases products, Hints notes) {

    /** What changes modules, or only says what it would do. */
    ModuleCommandPort moduleCommands(boolean isDryRun) {
        ModuleCommandPort commands = backend.moduleCommands();
        return isDryRun ? commands.dryRun() : commands;
    }

    /** What changes packages, or only says what it would do. */
    FirmwareCommandPort firmwareCommands(boolean isDryRun) {
        FirmwareCommandPort commands = backend.firmwareCommands();
        return isDryRun ? commands.dryRun() : commands;
    }

    /** The details of a package that was listed with this filter, completed by the list, if they are those of such a package. */
    Either<OtaFailure, Firmware> requireDetails(FirmwareFilter filter, FirmwareSummary listed, Firmware details) {
        return filter.requireDetails(
                new OperationContext(backend.name(), backend.vendor(), "find"),
                listed,
                details,
                (one, other) -> backend.canonical(one).equals(backend.canonical(other)));
    }

    /**
     * The product's id on this backend.
     *
     * @param nameOrId its name in the configuration, or the vendor's id
     * @throws CliException if it is neither
     */
    ProductId product(String nameOrId) {
        notes.tellOfId(nameOrId, products);
        return CliException.unlessUsable(() -> products.resolve(nameOrId, backend.name()));
    }
}
