package io.otabridge.cli.option;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.module.ModuleName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what packages update; one of them at a time. */
public final class TargetOptions {

    @Option(names = "--module", paramLabel = "M", description = "Only for the module of this name.")
    private @Nullable ModuleName module;

    private @Nullable FirmwareTarget kind;

    @Option(names = "--whole-device", description = "Only for the firmware of the whole device.")
    void wholeDevice(boolean given) {
        kind = given ? FirmwareTarget.wholeDevice() : kind;
    }

    @Option(names = "--software", description = "Only for the device's software (Huawei).")
    void software(boolean given) {
        kind = given ? FirmwareTarget.software() : kind;
    }

    /**
     * The target that the options name.
     *
     * @throws CliException if the one that was given is switched off, as in {@code --whole-device=false}
     */
    public FirmwareTarget toTarget() {
        if (module == null && kind == null) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The command line cannot be understood",
                    "--whole-device=false and --software=false do not say what packages are meant",
                    "Leave the option out, or name another target; nothing was sent");
        }
        return module != null ? FirmwareTarget.module(module) : Objects.requireNonNull(kind, "kind");
    }
}
