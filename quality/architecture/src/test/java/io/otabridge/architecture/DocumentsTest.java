package io.otabridge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the tests, files and headings to which the documentation refers exist. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern LINK = Pattern.compile("]\\((?![a-z]+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
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

    @Test
    void links_lead_to_files_and_headings_that_exist() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            for (MatchResult link :
                    LINK.matcher(withoutCode(read(document))).results().toList()) {
                links++;
                if (!leadsSomewhere(document, link.group(1), link.group(2))) {
                    broken.add(ROOT.relativize(document) + ": " + link.group());
                }
            }
        }

        assertThat(links).isGreaterThan(50);
        assertThat(broken).isEmpty();
    }

    @Test
    void every_page_of_the_guide_is_in_its_index() throws IOException {
        Path guide = ROOT.resolve("docs").resolve("guide");
        String index = read(guide.resolve("index.md"));

        try (Stream<Path> pages = Files.list(guide)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .filteredOn(name -> !name.equals("index.md"))
                    .allMatch(name -> index.contains("(" + name + ")"));
        }
    }

    @Test
    void a_heading_has_the_anchor_that_github_gives_it() {
        assertThat(anchors("# JSON: `ota … -o json`\n## 产品 ID?\n")).containsExactly("json-ota---o-json", "产品-id");
    }

    private static boolean leadsSomewhere(Path document, String path, String heading) {
        Path target = path.isEmpty() ? document : document.resolveSibling(path);
        return Files.exists(target) && (heading == null || anchors(read(target)).contains(heading));
    }

    private static List<String> anchors(String text) {
        return HEADING.matcher(withoutCode(text))
                .results()
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String withoutCode(String text) {
        return text.replaceAll("(?ms)^```.*?^```", "");
    }

    /** Returns the pages of the documentation, and the pages in the root folder. */
    private static List<Path> documents() throws IOException {
        try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"));
                Stream<Path> first = Files.list(ROOT)) {
            return Stream.concat(first, pages)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
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
