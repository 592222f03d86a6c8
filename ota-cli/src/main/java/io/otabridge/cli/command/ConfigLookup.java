package io.otabridge.cli.command;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.client.credentials.FilePermissionCheck;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the configuration file. A named file is used as it is. A file in one of the usual places is used only if no other
 * user could have written it.
 */
final class ConfigLookup {

    private static final String VARIABLE = "OTA_CONFIG";

    private ConfigLookup() {}

    /**
     * The file to read.
     *
     * @param given the value of {@code --config}
     * @throws CliException if no file is named and none is in the usual places, or another user could have written the first
     *     file that is there
     */
    static Path find(Option<Path> given, CliEnvironment surroundings) {
        Option<Path> named =
                given.orElse(() -> surroundings.context().environment(VARIABLE).map(Path::of));
        if (named.isDefined()) {
            return surroundings.directory().resolve(named.get());
        }
        Path here = surroundings.directory().resolve("ota.yaml");
        Path atHome =
                surroundings.context().home().resolve(".config").resolve("ota").resolve("ota.yaml");
        // A file that cannot be looked at is not passed over.
        if (!Files.notExists(here)) {
            return trusted(here);
        }
        if (!Files.notExists(atHome)) {
            return trusted(atHome);
        }
        throw new CliException(
                ExitCode.USAGE,
                "No configuration was found",
                "looked at --config (not given), $" + VARIABLE + " (not set), " + here + " (not there), " + atHome
                        + " (not there)",
                "Write one of these files. To try things without an account: ota demo, or ota simulate > ota.yaml");
    }

    /** A pipe or device could block for ever. */
    private static Path trusted(Path found) {
        if (Files.exists(found) && !Files.isRegularFile(found)) {
            throw new CliException(
                    ExitCode.USAGE,
                    "Configuration " + found + " is not used, because it is not a regular file",
                    "it is a directory, pipe or device, or a link to one",
                    "Write the configuration to a regular file there, or name another file: --config FILE or $"
                            + VARIABLE);
        }
        try {
            return FilePermissionCheck.check(found).getOrElseThrow(problem -> untrusted(found, problem));
        } catch (IOException unreadable) {
            String problem = unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage();
            throw untrusted(found, "its owner cannot be determined (" + problem + ")");
        }
    }

    private static CliException untrusted(Path found, String problem) {
        return new CliException(
                ExitCode.USAGE,
                "Configuration " + found + " is not used, because another user could have written it",
                problem,
                "Correct that, or name the file: --config " + found + " or $" + VARIABLE);
    }
}
