package io.otabridge.cli;

import io.vavr.control.Option;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the configuration file: a named one is taken at its word, the usual places are tried in order. */
final class ConfigLookup {

    private static final String VARIABLE = "OTA_CONFIG";

    private ConfigLookup() {}

    /**
     * The file to read.
     *
     * @param given what {@code --config} says
     * @throws Refusal if none is named and none is in the usual places
     */
    static Path find(Option<Path> given, Surroundings surroundings) {
        Option<Path> named =
                given.orElse(() -> surroundings.context().environment(VARIABLE).map(Path::of));
        if (named.isDefined()) {
            return surroundings.directory().resolve(named.get());
        }
        Path here = surroundings.directory().resolve("ota.yaml");
        Path atHome =
                surroundings.context().home().resolve(".config").resolve("ota").resolve("ota.yaml");
        if (Files.exists(here)) {
            return here;
        }
        if (Files.exists(atHome)) {
            return atHome;
        }
        throw new Refusal(
                ExitCode.USAGE,
                "No configuration was found",
                "looked at --config (not given), $" + VARIABLE + " (not set), " + here + " (not there), " + atHome
                        + " (not there)",
                "Write one of these files. To try things without an account: ota demo, or ota simulate > ota.yaml");
    }
}
