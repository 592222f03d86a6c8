package io.otabridge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that tests references in the documentation exist. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w*Test|[A-Z]\\w*Contract)\\.(\\w+)`");

    @Test
    void documented_tests_exist() throws IOException {
        List<MatchResult> references = documents().stream()
                .flatMap(document -> NAMED_TEST.matcher(read(document)).results())
                .toList();

        assertThat(references).isNotEmpty();
        assertThat(references.stream()
                        .filter(test -> !exists(test.group(1), test.group(2)))
                        .map(MatchResult::group))
                .isEmpty();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    private static boolean exists(String type, String method) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith(type + ".java"))
                    .anyMatch(source -> read(source).contains("void " + method + "("));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
