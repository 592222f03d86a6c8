package io.otabridge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps phrases for which there is a standard term out of sources, messages and documentation. */
class PlainLanguageTest {

    private static final Path ROOT = Path.of("..", "..");

    /** The phrases, each with the term to use instead. */
    private static final List<String> PHRASES = List.of(
            "nobody", // no caller, no one; "unknown"
            "somebody", // another caller, another process
            "whoever", // callers that
            "is told", // receives, is notified
            "are told", // receive, are notified
            "speaks of", // names, reports
            "stands for", // represents
            "so many", // this number of
            "as good as", // almost, equivalent to
            "what became of", // the result of
            "what comes of", // the outcome of
            "comes of it", // the outcome
            "left side", // Left, a failure
            "lost answer", // lost response
            "answer was lost", // the response was lost
            "page for people", // HTML page
            "left alone", // the circuit breaker is open
            "given a rest", // the circuit breaker is open
            "quota governor", // rate limiter
            "single flight governor", // request coalescing
            "of its own accord", // automatically
            "in words of its own"); // with an error code of the vendor

    /** White space, comment prefixes at the beginning of a line, and the underscores of test names. */
    private static final String SEPARATOR = "(?:\\s+(?:\\*|//|#)\\s+|[\\s_]+)";

    private static final Pattern PHRASE = Pattern.compile(
            PHRASES.stream()
                    .map(phrase -> phrase.replace(" ", SEPARATOR))
                    .collect(Collectors.joining("|", "(?<![a-z])(?:", ")(?![a-z])")),
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CHECKED = Pattern.compile("(?:.*\\.(?:java|md|html|js|properties)|ota)");

    private static final Set<String> SKIPPED_FOLDERS = Set.of(".git", "target");

    @Test
    void texts_use_standard_terms() throws IOException {
        List<Path> files = files();
        List<String> found = new ArrayList<>();

        for (Path file : files) {
            found.addAll(phrasesIn(ROOT.relativize(file), Files.readString(file)));
        }

        assertThat(files).hasSizeGreaterThan(500).contains(ROOT.resolve("ota"), ROOT.resolve("README.md"));
        assertThat(found).isEmpty();
    }

    @Test
    void finds_phrases_in_comments_and_names() {
        String text =
                "/** Fine.\n     * Answers what\n     * became of it. */\nvoid calls_that_NOBODY_makes() {}\nint nobodys;\n";

        assertThat(phrasesIn(Path.of("A.java"), text)).containsExactly("A.java:2: what became of", "A.java:4: nobody");
    }

    private static List<String> phrasesIn(Path file, String text) {
        return PHRASE.matcher(text)
                .results()
                .map(found -> file + ":" + line(text, found.start()) + ": "
                        + found.group().replaceAll(SEPARATOR, " ").toLowerCase(Locale.ROOT))
                .toList();
    }

    private static long line(String text, int offset) {
        return 1
                + text.substring(0, offset).chars().filter(next -> next == '\n').count();
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return SKIPPED_FOLDERS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (CHECKED.matcher(file.getFileName().toString()).matches()
                        && !file.endsWith(PlainLanguageTest.class.getSimpleName() + ".java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
