package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.cli.context.Simulators;
import io.otabridge.simulators.fleet.FailureRates;
import io.otabridge.simulators.fleet.FleetOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the blocks marked {@code console} of the READMEs and the guide against the simulators, and compares the output.
 *
 * <p>Lines that begin with {@code $ ota} or {@code $ ./ota} run in this process, other commands in bash. In the expected output, a
 * line with only an ellipsis is any number of lines, and an ellipsis within a line is any text. {@code $ echo $?} shows the exit
 * code of the command before it, which is 0 if it is not shown. All blocks of a page run in one directory. Devices finish
 * their upgrades between two commands.
 */
class ConsoleExamplesTest {

    private static final String PROMPT = "$ ";
    private static final String SHOW_EXIT_CODE = "echo $?";
    private static final FleetOptions DEVICES = new FleetOptions(6, 1, FailureRates.TYPICAL, false);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(#.*)|(\\S+)");

    @TempDir
    private Path scratch;

    static Stream<Path> pages() {
        return Documentation.pages().stream()
                .filter(page -> !Documentation.blocks(Documentation.text(page), "console")
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void prints_what_the_page_shows(Path page) throws Exception {
        Cli cli = new Cli(scratch);
        cli.setClock(Clock.systemUTC());
        try (Simulators clouds = Simulators.start(Simulators.Ports.FREE, Clock.systemUTC(), DEVICES)) {
            cli.write(cli.directory.resolve("ota.yaml"), clouds.yaml());
            int exitCode = 0;
            for (Example example : examples(Documentation.text(page))) {
                if (example.command().equals(SHOW_EXIT_CODE)) {
                    assertThat(exitCode + "\n").as(page + ": exit code").isEqualTo(example.output());
                    exitCode = 0;
                    continue;
                }
                assertThat(exitCode)
                        .as(page + ": exit code before " + example.command())
                        .isZero();
                clouds.finishUpgrades();
                Result result = run(cli, example.command());
                assertThat(withoutTrailingBlanks(result.output()))
                        .as(page + ": " + example.command())
                        .matches(pattern(example.output()));
                exitCode = result.exitCode();
            }
            assertThat(exitCode).as(page + ": exit code of the last command").isZero();
        }
    }

    @Test
    void the_readmes_show_commands() {
        assertThat(pages())
                .hasSizeGreaterThan(2)
                .contains(Path.of("..", "README.md"), Path.of("..", "README.zh-CN.md"));
    }

    @Test
    void an_ellipsis_is_any_text_or_any_lines() {
        assertThat("a 12 b\nc\nd\ne\n").matches(pattern("a … b\n…\ne\n")).doesNotMatch(pattern("a …\nd\n"));
        assertThat("a\nb\n").matches(pattern("a\n…\nb\n")).doesNotMatch(pattern("a\n"));
    }

    @Test
    void words_are_separated_like_in_a_shell() {
        assertThat(words("firmware show 'U****0100' --name \"a b\"   # one package"))
                .containsExactly("firmware", "show", "U****0100", "--name", "a b");
    }

    private record Example(String command, String output) {}

    private record Result(int exitCode, String output) {}

    private static List<Example> examples(String page) {
        List<Example> examples = new ArrayList<>();
        for (String block : Documentation.blocks(page, "console")) {
            assertThat(block).startsWith(PROMPT);
            for (String example : block.split("(?m)^" + Pattern.quote(PROMPT))) {
                if (!example.isEmpty()) {
                    int end = example.indexOf('\n');
                    examples.add(new Example(
                            example.substring(0, end).strip(), withoutTrailingBlanks(example.substring(end + 1))));
                }
            }
        }
        return examples;
    }

    private static Result run(Cli cli, String command) throws IOException, InterruptedException {
        if (command.matches("(\\./)?ota .*")) {
            List<String> words = words(command);
            int exitCode = cli.run(words.subList(1, words.size()).toArray(String[]::new));
            return new Result(exitCode, cli.out() + cli.err());
        }
        Process shell = new ProcessBuilder("bash", "-c", command)
                .directory(cli.directory.toFile())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
        return new Result(shell.waitFor(), output);
    }

    /** Splits a command like a shell: by blanks, except within quotes, up to a comment. */
    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .filter(word -> word.group(3) == null)
                .map(ConsoleExamplesTest::unquoted)
                .toList();
    }

    private static String unquoted(MatchResult word) {
        return Stream.of(word.group(1), word.group(2), word.group(4))
                .filter(text -> text != null)
                .collect(Collectors.joining());
    }

    private static String withoutTrailingBlanks(String text) {
        return text.replaceAll("(?m)[ \t]+$", "");
    }

    private static Pattern pattern(String expected) {
        return Pattern.compile(expected.lines()
                .map(line -> line.equals("…")
                        ? "(?:.*\n)*?"
                        : Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")) + "\n")
                .collect(Collectors.joining()));
    }
}
