package io.otabridge.cli.option;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.module.ModuleName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select the target of firmware packages. They exclude each other. */
public final class FirmwareTargetOptions {

    @Option(names = "--module", paramLabel = "M", description = "Packages for the module of this name.")
    private @Nullable ModuleName module;

    private @Nullable FirmwareTarget kind;

    @Option(names = "--whole-device", description = "Packages for the firmware of the whole device.")
    void wholeDevice(boolean given) {
        kind = given ? FirmwareTarget.wholeDevice() : kind;
    }

    @Option(names = "--software", description = "Packages for the device's software (Huawei).")
    void software(boolean given) {
        kind = given ? FirmwareTarget.software() : kind;
    }

    /**
     * Returns the selected target.
     *
     * @throws CliException if the only option is switched off, as in {@code --whole-device=false}
     */
    public FirmwareTarget toTarget() {
        if (module == null && kind == null) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The command line is not valid",
                    "--whole-device=false and --software=false select no target",
                    "Remove the option, or name another target; nothing was sent");
        }
        return module != null ? FirmwareTarget.module(module) : Objects.requireNonNull(kind, "kind");
    }
}
