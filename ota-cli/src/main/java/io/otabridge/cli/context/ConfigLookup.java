package io.otabridge.cli.context;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.client.credentials.FilePermissionCheck;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the configuration file. A file that the user names is used without a check. A file in one of the usual places is used
 * only if no other user could have written it.
 */
public final class ConfigLookup {

    private static final String VARIABLE = "OTA_CONFIG";

    private ConfigLookup() {}

    /**
     * Returns the path of the configuration file.
     *
     * @param given the value of {@code --config}
     * @throws CliException if no file is named and none exists in the usual places, or another user could have written the
     *     first file found
     */
    public static Path find(Option<Path> given, CliEnvironment environment) {
        Option<Path> named =
                given.orElse(() -> environment.context().environment(VARIABLE).map(Path::of));
        if (named.isDefined()) {
            return environment.directory().resolve(named.get());
        }
        Path here = environment.directory().resolve("ota.yaml");
        Path atHome =
                environment.context().home().resolve(".config").resolve("ota").resolve("ota.yaml");
        // A file whose existence cannot be determined is not skipped.
        if (!Files.notExists(here)) {
            return trusted(here);
        }
        if (!Files.notExists(atHome)) {
            return trusted(atHome);
        }
        throw new CliException(
                ExitCode.USAGE,
                "No configuration was found",
                "looked for --config (not given), $" + VARIABLE + " (not set), " + here + " (does not exist), " + atHome
                        + " (does not exist)",
                "Create one of these files, for example with ota init. To try the command without an account: ota demo, or"
                        + " ota simulate --write-config ota.yaml");
    }

    /** Rejects files that are not regular, because a pipe or device could block. */
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
                "Correct its permissions, or name the file: --config " + found + " or $" + VARIABLE);
    }
}
