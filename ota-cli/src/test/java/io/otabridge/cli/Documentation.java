package io.otabridge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages whose examples are tested: the READMEs and the guide. */
final class Documentation {

    private static final Path ROOT = Path.of("..");
    private static final Path GUIDE = ROOT.resolve("docs").resolve("guide");

    private Documentation() {}

    static List<Path> pages() {
        try (Stream<Path> guide = Files.list(GUIDE)) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md"), ROOT.resolve("README.zh-CN.md")), guide.sorted())
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text of a page of the guide. */
    static String guide(String name) {
        return text(GUIDE.resolve(name));
    }

    static String readme() {
        return text(ROOT.resolve("README.md"));
    }

    /** Returns the code blocks of a page in this language. */
    static List<String> blocks(String page, String language) {
        return Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
