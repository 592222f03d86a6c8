package io.otabridge.cli.command.firmware;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.option.FirmwareTargetOptions;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.domain.firmware.FirmwareTarget;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Finds one package by product, target and version, or the newest package. */
@Command(
        name = "find",
        description = {
            "Finds one firmware package by product, target and version, or the newest one, and shows it like 'show'.",
            "The same command works with every vendor."
        })
public final class FindFirmwareCommand implements Callable<Integer> {

    private final OtaCommand root;

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

    public FindFirmwareCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String nameOrId = Objects.requireNonNull(product, "product");
        FirmwareTarget updated = Objects.requireNonNull(target, "target").toTarget();
        VersionOptions options = Objects.requireNonNull(version, "version");
        return root.execute(selected -> options.find(selected, nameOrId, updated, kind), FirmwareRenderers.one(root));
    }
}
