package io.otabridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The modules that are published, and the files that the build wrote for them. */
final class Published {

    static final Path ROOT = Path.of("..", "..");
    static final Path COMMAND = ROOT.resolve("ota-cli/target");

    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");

    private Published() {}

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

    /** Returns the only file of a folder that matches a glob pattern. */
    static Path file(Path folder, String glob) {
        List<Path> found = files(folder, glob);
        assertThat(found)
                .as("%s in %s: run `mvn verify` of all modules", glob, folder)
                .hasSize(1);
        return found.get(0);
    }

    static List<Path> files(Path folder, String glob) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> folder.getFileSystem()
                            .getPathMatcher("glob:" + glob)
                            .matches(file.getFileName()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
