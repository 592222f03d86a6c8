package io.otabridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The modules that are published, and the files that the build wrote for them. */
final class Published {

    static final Path ROOT = Path.of("..", "..");
    static final Path COMMAND = ROOT.resolve("ota-cli/target");

    static final String VERSION = version();

    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");

    private Published() {}

    private static String version() {
        return groups(Pattern.compile("(?m)^  <version>(.*)</version>$"), read(ROOT.resolve("pom.xml")))
                .get(0);
    }

    /** Returns the folders of modules with a jar. */
    static List<Path> modules() {
        String parent = read(ROOT.resolve("pom.xml"));
        return MODULE.matcher(parent.substring(0, parent.indexOf("</modules>")))
                .results()
                .map(module -> ROOT.resolve(module.group(1)))
                .filter(module -> isPublished(read(module.resolve("pom.xml"))))
                .toList();
    }

    private static boolean isPublished(String pom) {
        return !pom.contains("<maven.deploy.skip>true<") && !pom.contains("<packaging>pom<");
    }

    static String artifact(Path module) {
        return module.getFileName().toString();
    }

    /** Returns a file of this version. The folder may have files of other versions, from earlier builds. */
    static Path file(Path folder, String artifact, String ending) {
        Path file = folder.resolve(artifact + "-" + VERSION + ending);
        assertThat(file).as("run `mvn verify` of all modules").isRegularFile();
        return file;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
