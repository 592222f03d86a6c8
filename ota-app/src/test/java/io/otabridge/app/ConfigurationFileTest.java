package io.otabridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {

    private static final String HEAD = "backends:\n  prod:\n    vendor: memory\n";

    private final BackendContext context =
            BackendContext.system().withEnvironment(Map.of("REGION", "from-env", "SK", "s3cret-value", "BLANK", " "));

    @TempDir
    private Path directory;

    @Test
    void opens_the_backends_of_a_file() throws IOException {
        try (OtaBridge ota = load("""
                # Two accounts.
                default: legacy
                backends:
                  prod:
                    vendor: memory
                    region: cn-north-4   # a comment
                    credentials: { secret-key: "${SK}" }
                  legacy:
                    vendor: memory
                    region: 'cn-shanghai'
                    label: "华东"
                """)) {
            assertThat(ota.defaultBackend()).isEqualTo("legacy");
            assertThat(ota.backend("prod").endpoint()).isEqualTo("cn-north-4");
            assertThat(ota.backend("prod").authentication()).isEqualTo("s3cret-value");
            assertThat(ota.backend("legacy").endpoint()).isEqualTo("cn-shanghai/华东");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0123, 0123",
        "1e5, 1e5",
        "'${REGION}', from-env",
        "'x-${REGION}-y', x-from-env-y",
        "true, true",
    })
    void keeps_a_value_as_written(String written, String resolved) throws IOException {
        assertThat(endpointOf("    region: " + written + "\n")).isEqualTo(resolved);
    }

    @ParameterizedTest
    @CsvSource({"'$${REGION}', '${REGION}'", "'a$b', 'a$b'", "'$$${REGION}', '$${REGION}'", "'${SK}}', 's3cret-value}'"
    })
    void distinguishes_a_literal_from_a_placeholder(String written, String resolved) throws IOException {
        assertThat(endpointOf("    region: here\n    label: '" + written + "'\n"))
                .isEqualTo("here/" + resolved);
    }

    @Test
    void accepts_windows_line_ends_and_a_byte_order_mark() throws IOException {
        String text = "\uFEFF" + (HEAD + "    region: here\n").replace("\n", "\r\n");
        try (OtaBridge ota = load(text)) {
            assertThat(ota.backend().endpoint()).isEqualTo("here");
        }
    }

    @Test
    void reports_all_errors_of_all_backends_at_once() throws IOException {
        ConfigurationException invalid = configurationError("""
                default: missing
                defualt: prod
                backends:
                  prod:
                    vendor: memory
                    region: CN North
                    regoin: cn-north-4
                    credentials: { secret-key: "${HW_SK}" }
                  Legacy:
                    vendor: acme
                  empty:
                  third:
                    vendor: memory
                """);
        assertThat(invalid).hasMessage("Configuration " + file() + """
                 has 9 errors:
                  line 1: default must be one of prod, third, but is "missing"
                  line 2: defualt is not a known setting (did you mean default?); known here: default, backends, products, audit-log
                  line 6: backends.prod.region must be 1 to 20 lower-case letters, digits and hyphens, but is "CN North"
                  line 7: backends.prod.regoin is not a known setting (did you mean region?); known here: vendor, cache, region, label, closes-badly, \
                ignores-case, own-name, credentials
                  line 8: backends.prod.credentials.secret-key refers to ${HW_SK}, which is not set in the environment
                  line 9: backends contains a name that is not allowed: it must be 1 to 64 lower-case letters, digits, dots, \
                hyphens and underscores, starting with a letter or digit
                  line 10: backends.?.vendor must be one of memory, but is "acme"; to add a vendor, put its \
                adapter's jar on the class path (for the command line: OTA_CLASSPATH). The other settings of this \
                backend are checked once its vendor is known
                  line 11: backends contains a backend that has no value
                  line 12: backends.third.region is missing: it must be 1 to 20 lower-case letters, digits and hyphens""");
        assertThat(invalid.file()).contains(file());
        assertThat(invalid.errors()).hasSize(9);
    }

    @Test
    void never_shows_the_value_of_a_placeholder() throws IOException {
        ConfigurationException invalid = configurationError(HEAD + "    region: X ${SK}\n    wrong: ${SK}\n");
        assertThat(invalid.errors()).hasSize(2);
        assertThat(invalid).hasMessageContaining("but is \"X ${SK}\"").hasMessageNotContaining("s3cret");
        assertThat(invalid.errors().toString()).doesNotContain("s3cret");
    }

    @Test
    void requires_a_default_of_several_backends() throws IOException {
        assertThat(errors(HEAD + "    region: a\n  more:\n    vendor: memory\n    region: b\n"))
                .containsExactly("default is missing: with several backends it must be one of prod, more");
    }

    @Test
    void suggests_a_similar_vendor() throws IOException {
        assertThat(errors("backends:\n  prod:\n    vendor: memroy\n").get(0))
                .startsWith(
                        "line 3: backends.prod.vendor must be one of memory, but is \"memroy\" (did you mean memory?);");
    }

    @Test
    void requires_a_vendor() throws IOException {
        assertThat(errors("backends:\n  prod:\n    region: here\n").get(0))
                .startsWith("line 2: backends.prod.vendor is missing: it must be one of memory;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "  # nothing"})
    void reports_null_as_a_missing_value(String nothing) throws IOException {
        assertThat(errors(HEAD + "    region: " + nothing + "\n"))
                .containsExactly("line 4: backends.prod.region has no value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "region: ${NONE}           | refers to ${NONE}, which is not set in the environment",
                "region: ${BLANK}          | refers to ${BLANK}, which is empty in the environment",
                "region: pa${A}ss          | refers to an environment variable that is not set",
                "region: ${pa}             | refers to an environment variable that is not set",
                "region: ${LTAI5TABCDEFGHIJKL} | refers to an environment variable that is not set",
                "region: ${A B}            | has a \"${\" that does not begin a placeholder ${NAME};"
                        + " write \"$${\" for a literal \"${\"",
                "region: '${REGION'        | has a \"${\" that does not begin a placeholder ${NAME};"
                        + " write \"$${\" for a literal \"${\"",
                "region: &x here           | has an anchor (&), which is not allowed here: write only the value",
                "region: *x                | is an alias (*), which is not allowed here: write the value itself",
                "region: !!str here        | has a tag (!), which is not allowed here: write only the value",
                "region: [a, {b: [c]}]     | must not be a list",
                "region: {a: b}            | must be a single value, but is a section",
                "region: ''                | must be 1 to 20 lower-case letters, digits and hyphens, but is \"\"",
            })
    void rejects_an_invalid_value(String line, String problem) throws IOException {
        assertThat(errors(HEAD + "    " + line + "\n")).containsExactly("line 4: backends.prod.region " + problem);
    }

    @Test
    void rejects_a_duplicate_key() throws IOException {
        assertThat(errors(HEAD + "    region: here\n    region: there\n"))
                .containsExactly("line 5: backends.prod.region is defined twice, also on line 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a, b]: c", "? {a: b}\n    : c", "'': c", "' ': c"})
    void rejects_a_key_that_is_not_a_text(String entry) throws IOException {
        assertThat(errors(HEAD + "    region: here\n    " + entry + "\n"))
                .containsExactly("line 5: backends.prod has a key that is not a text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: b\\n\\tc: d              | 2 | a tab is used where only spaces are allowed",
                "a: b: c                     | 1 | there is a second \": \" in a value without quotes, or wrong indentation",
                "a: b\\nc: \"hush\\nd: e\\n   | 2 | a quote is opened and not closed",
                "a: b\\nc: {d: e\\nf: g\\n   | 3 | a comma or a closing bracket is missing",
                "a: {b: c\\n                 | 1 | a bracket is opened and not closed",
                "a: {b: ${SK}}               | 1 | inside { }, a placeholder must be in quotes, as in \"${NAME}\"",
                "a: @hush                    | 1 | a value begins with a character that must be in quotes",
                "a: \"\\q\"                  | 1 | a backslash inside double quotes begins an unknown escape;"
                        + " use single quotes",
                "a:\\n   b: c\\n  d: e       | 3 | the indentation matches none of the lines above",
                "a: 'it's'                   | 1 | there is text after a closing quote, or wrong indentation",
                "a: b\\n- c                  | 2 | the indentation or a bracket does not match the lines above",
                "a: !foo!bar b               | 1 | check indentation, colons and quotes",
                "a: b\\nc:hush               | 2 | a key has no colon, or no space after the colon",
                "a: b\\nc:hush\\n            | 2 | a key has no colon, or no space after the colon",
                "a: b\\nc:hush\\n\\n# x\\n\\n  | 2 | a key has no colon, or no space after the colon",
                "a: b\\nc:hush\\nd: e         | 2 | a key has no colon, or no space after the colon",
                "a:\\n  b: c\\n  d:hush\\ne: f | 3 | a key has no colon, or no space after the colon",
            })
    void describes_invalid_yaml(String text, int line, String meaning) throws IOException {
        assertThat(errors(text.replace("\\n", "\n").replace("\\t", "\t")))
                .containsExactly("line " + line + ": the file is not valid YAML here: " + meaning);
    }

    @Test
    void reports_a_variable_of_any_length_that_is_not_set() throws IOException {
        String name = "A" + "_A".repeat(300_000);

        assertThat(configurationError(HEAD + "    region: \"${" + name + "}\"\n")
                        .errors()
                        .map(error -> error.line()))
                .containsExactly(Option.some(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "~\n"})
    void rejects_an_empty_file(String text) throws IOException {
        assertThat(errors(text)).containsExactly("the file is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n", "just text\n"})
    void rejects_a_file_that_is_not_a_section(String text) throws IOException {
        assertThat(errors(text))
                .containsExactly("line 1: the file must be a section of settings that begins with a key such as"
                        + " \"backends:\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backends:\n", "backends: {}\n", "backends: [a]\n", "backends: text\n", "default: prod\n"})
    void rejects_a_file_without_backends(String text) throws IOException {
        assertThat(errors(text)).hasSize(1);
        assertThat(errors(text).get(0)).contains("backends ");
    }

    @Test
    void rejects_several_documents() throws IOException {
        assertThat(errors("a: b\n---\nc: d\n"))
                .containsExactly("line 2: the file contains several documents (---), and only one is allowed");
    }

    @Test
    void rejects_deep_nesting_at_once() throws IOException {
        String label = HEAD + "    region: here\n    label: ";
        assertThat(errors(label + "{a: ".repeat(100_000)))
                .containsExactly(
                        "line 5: the file is not valid YAML here: it is nested too deeply for a configuration");
        assertThat(errors(label + "[".repeat(500_000)))
                .containsExactly(
                        "line 5: the file is not valid YAML here: it is nested too deeply for a configuration");
    }

    @Test
    void rejects_bytes_that_are_not_utf_8() throws IOException {
        assertThat(errorsOf((HEAD + "    region: \u00e9\n").getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("line 4: the file is not UTF-8 text");
        assertThat(errorsOf(HEAD.getBytes(StandardCharsets.UTF_16)))
                .containsExactly("line 1: the file is not UTF-8 text");
        assertThat(errorsOf(new byte[] {'a', ':', ' ', (byte) 0xe4}))
                .containsExactly("line 1: the file is not UTF-8 text");
    }

    @Test
    void rejects_control_characters() throws IOException {
        assertThat(errors(HEAD + "    region: a\u0000b\n"))
                .containsExactly("line 4: the file contains the character U+0000, which is not allowed in YAML");
    }

    @Test
    void escapes_terminal_control_characters() throws IOException {
        ConfigurationException invalid =
                configurationError(HEAD + "    region: \"\\e[2J\\n\\u202e\"\n    \"\\e[31m\": x\n");
        assertThat(invalid.getMessage().lines()).hasSize(3);
        assertThat(invalid).hasMessageNotContainingAny("\u001b", "\u202e");
    }

    @Test
    void truncates_a_long_value() throws IOException {
        assertThat(configurationError(HEAD + "    region: " + "x".repeat(100_000) + "\n")
                        .getMessage())
                .hasSizeLessThan(1000);
    }

    @Test
    void lists_the_first_50_errors_and_counts_the_rest() throws IOException {
        StringBuilder text = new StringBuilder(HEAD + "    region: here\n");
        IntStream.range(0, 60).forEach(i -> text.append("    key").append(i).append(": x\n"));

        ConfigurationException invalid = configurationError(text.toString());

        assertThat(invalid.errors()).hasSize(60);
        assertThat(invalid.getMessage().lines()).hasSize(52);
        assertThat(invalid.getMessage().lines().skip(50))
                .satisfiesExactly(
                        last -> assertThat(last).startsWith("  line 54: "),
                        rest -> assertThat(rest).isEqualTo("  and 10 more"));
    }

    /** The text of each error is bounded for any file, so memory use is linear. */
    @Test
    void describes_many_errors_with_bounded_text() throws IOException {
        StringBuilder text = new StringBuilder("default: none\nbackends:\n");
        IntStream.range(0, 300).forEach(i -> text.append("  backend").append(i).append(": {}\n"));
        text.append("products:\n");
        IntStream.range(0, 300).forEach(i -> text.append("  p").append(i).append(": { other: x, backend1: x }\n"));

        List<ConfigError> errors = configurationError(text.toString()).errors();

        assertThat(errors.size()).isEqualTo(1 + 300 + 300 + 299);
        // Asserts lengths, because a failure message with all texts would be too long for the test report.
        assertThat(errors.map(error -> error.toString().length()).max().get()).isLessThan(600);
    }

    @Test
    void rejects_a_file_that_is_too_large() throws IOException {
        assertThat(errors("#" + "x".repeat(1024 * 1024)))
                .containsExactly("the file is larger than 1 MiB, too large for a configuration");
    }

    @Test
    void reports_a_missing_file() {
        assertThat(configurationError().getMessage())
                .isEqualTo("Configuration " + file() + " has 1 error:\n  the file does not exist");
    }

    @Test
    void reports_a_directory() throws IOException {
        Files.createDirectory(file());
        assertThat(configurationError().getMessage()).endsWith("the file is a directory");
    }

    private Path file() {
        return directory.resolve("ota.yaml");
    }

    private OtaBridge load(String text) throws IOException {
        return OtaBridge.load(Files.writeString(file(), text), context);
    }

    private String endpointOf(String settings) throws IOException {
        try (OtaBridge ota = load(HEAD + settings)) {
            return ota.backend().endpoint();
        }
    }

    private java.util.List<String> errors(String text) throws IOException {
        return errorsOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private java.util.List<String> errorsOf(byte[] bytes) throws IOException {
        Files.write(file(), bytes);
        return configurationError().errors().map(ConfigError::toString).asJava();
    }

    private ConfigurationException configurationError(String text) throws IOException {
        Files.writeString(file(), text);
        return configurationError();
    }

    private ConfigurationException configurationError() {
        ConfigurationException invalid =
                catchThrowableOfType(ConfigurationException.class, () -> check(file(), context));
        assertThat(invalid).isNotNull();
        return invalid;
    }

    private static void check(Path file, BackendContext context) {
        try (OtaBridge ota = OtaBridge.load(file, context)) {
            ota.checkAll();
        }
    }
}
