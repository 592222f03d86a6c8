package io.otabridge.cli.command.firmware;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.option.FirmwareCoordinatesOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Finds one package by product, target and version, or the newest package. */
@Command(
        name = "find",
        description = {
            "Finds one firmware package by product, target and version, or the newest one, and shows it like 'show'.",
            "The same command works with every vendor."
        })
public final class FindFirmwareCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Mixin
    private FirmwareCoordinatesOptions coordinates = new FirmwareCoordinatesOptions();

    public FindFirmwareCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return root.execute(coordinates::find, FirmwareRenderers.one(root));
    }
}
