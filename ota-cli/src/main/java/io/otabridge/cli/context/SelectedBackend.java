package io.otabridge.cli.context;

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
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.vavr.control.Either;

/** The backend of a command, with the product names of the configuration. */
public record SelectedBackend(Backend backend, ProductAliases products, Hints hints) {

    /** Returns the port that changes modules, or its dry run. */
    public ModuleCommandPort moduleCommands(boolean isDryRun) {
        ModuleCommandPort commands = backend.moduleCommands();
        return isDryRun ? commands.dryRun() : commands;
    }

    /** Returns the port that changes packages, or its dry run. */
    public FirmwareCommandPort firmwareCommands(boolean isDryRun) {
        FirmwareCommandPort commands = backend.firmwareCommands();
        return isDryRun ? commands.dryRun() : commands;
    }

    /** Returns the port that changes upgrade jobs, or its dry run. */
    public JobCommandPort jobCommands(boolean isDryRun) {
        JobCommandPort commands = backend.jobCommands();
        return isDryRun ? commands.dryRun() : commands;
    }

    /** Checks that the details match the listed package and the filter, and adds what only the list states. */
    public Either<OtaFailure, Firmware> requireDetails(
            FirmwareFilter filter, FirmwareSummary listed, Firmware details) {
        return filter.requireDetails(
                new OperationContext(backend.name(), backend.vendor(), "find"),
                listed,
                details,
                (first, second) -> backend.canonical(first).equals(backend.canonical(second)));
    }

    /**
     * Returns the id of the product on this backend.
     *
     * @param nameOrId the name in the configuration, or the vendor's id
     * @throws CliException if it is neither
     */
    public ProductId product(String nameOrId) {
        hints.noteUnknownProduct(nameOrId, products);
        return CliException.requireValid(() -> products.resolve(nameOrId, backend.name()));
    }

    /**
     * Returns the id of the product on this backend, for a change.
     *
     * @param nameOrId the name in the configuration, or the vendor's id
     * @throws CliException if it is neither, or may be a mistyped name
     */
    public ProductId productToChange(String nameOrId) {
        hints.requireNotMistyped(nameOrId, products);
        return CliException.requireValid(() -> products.resolve(nameOrId, backend.name()));
    }
}
