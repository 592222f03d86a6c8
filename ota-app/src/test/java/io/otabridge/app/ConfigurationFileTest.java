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
    void opens_what_the_file_says() throws IOException {
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
    void keeps_a_value_as_it_was_written(String written, String meant) throws IOException {
        assertThat(endpointOf("    region: " + written + "\n")).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"'$${REGION}', '${REGION}'", "'a$b', 'a$b'", "'$$${REGION}', '$${REGION}'", "'${SK}}', 's3cret-value}'"
    })
    void tells_a_literal_from_a_reference(String written, String meant) throws IOException {
        assertThat(endpointOf("    region: here\n    label: '" + written + "'\n"))
                .isEqualTo("here/" + meant);
    }

    @Test
    void reads_windows_line_ends_and_a_byte_order_mark() throws IOException {
        String text = "\uFEFF" + (HEAD + "    region: here\n").replace("\n", "\r\n");
        try (OtaBridge ota = load(text)) {
            assertThat(ota.backend().endpoint()).isEqualTo("here");
        }
    }

    @Test
    void reports_all_faults_of_all_backends_at_once() throws IOException {
        ConfigurationException refused = refusal("""
                default: nobody
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
        assertThat(refused).hasMessage("Configuration " + file() + """
                 has 9 faults:
                  line 1: default must be one of prod, third, but is "nobody"
                  line 2: defualt is not a known setting; known here: default, backends, products
                  line 6: backends.prod.region must be 1 to 20 lower-case letters, digits and hyphens, but is "CN North"
                  line 7: backends.prod.regoin is not a known setting; known here: vendor, cache, region, label, closes-badly, \
                ignores-case, own-name, credentials
                  line 8: backends.prod.credentials.secret-key refers to ${HW_SK}, which is not set in the environment
                  line 9: backends holds a name that is not allowed: it must be 1 to 64 lower-case letters, digits, dots, \
                hyphens and underscores, starting with a letter or digit
                  line 10: backends.?.vendor must be one of memory, but is "acme"; another vendor is added by \
                its adapter's jar on the class path (for the command: in OTA_CLASSPATH). The other settings of this \
                backend are checked once its vendor is known
                  line 11: backends holds a backend that has no value
                  line 12: backends.third.region is missing: it must be 1 to 20 lower-case letters, digits and hyphens""");
        assertThat(refused.file()).contains(file());
        assertThat(refused.faults()).hasSize(9);
    }

    @Test
    void never_shows_what_a_reference_stands_for() throws IOException {
        ConfigurationException refused = refusal(HEAD + "    region: X ${SK}\n    wrong: ${SK}\n");
        assertThat(refused.faults()).hasSize(2);
        assertThat(refused).hasMessageContaining("but is \"X ${SK}\"").hasMessageNotContaining("s3cret");
        assertThat(refused.faults().toString()).doesNotContain("s3cret");
    }

    @Test
    void wants_a_default_among_several_backends() throws IOException {
        assertThat(faults(HEAD + "    region: a\n  more:\n    vendor: memory\n    region: b\n"))
                .containsExactly("default is missing: with several backends it must be one of prod, more");
    }

    @Test
    void wants_a_vendor() throws IOException {
        assertThat(faults("backends:\n  prod:\n    region: here\n").get(0))
                .startsWith("line 2: backends.prod.vendor is missing: it must be one of memory;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "  # nothing"})
    void calls_a_null_a_missing_value(String nothing) throws IOException {
        assertThat(faults(HEAD + "    region: " + nothing + "\n"))
                .containsExactly("line 4: backends.prod.region has no value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "region: ${NONE}           | refers to ${NONE}, which is not set in the environment",
                "region: ${BLANK}          | refers to ${BLANK}, which is not set in the environment",
                "region: pa${A}ss          | refers to an environment variable that is not set",
                "region: ${pa}             | refers to an environment variable that is not set",
                "region: ${LTAI5TABCDEFGHIJKL} | refers to an environment variable that is not set",
                "region: ${A B}            | has a \"${\" that begins no reference of the form ${NAME};"
                        + " write \"$${\" where \"${\" itself is meant",
                "region: '${REGION'        | has a \"${\" that begins no reference of the form ${NAME};"
                        + " write \"$${\" where \"${\" itself is meant",
                "region: &x here           | has an anchor (&), and those are not allowed here: write the value alone",
                "region: *x                | is an alias (*), and those are not allowed here: write the value itself",
                "region: !!str here        | has a tag (!), and those are not allowed here: write the value alone",
                "region: [a, {b: [c]}]     | must not be a list",
                "region: {a: b}            | must be a single value, but is a section",
                "region: ''                | must be 1 to 20 lower-case letters, digits and hyphens, but is \"\"",
            })
    void refuses_a_value_that_is_none(String line, String problem) throws IOException {
        assertThat(faults(HEAD + "    " + line + "\n")).containsExactly("line 4: backends.prod.region " + problem);
    }

    @Test
    void refuses_a_key_that_is_there_twice() throws IOException {
        assertThat(faults(HEAD + "    region: here\n    region: there\n"))
                .containsExactly("line 5: backends.prod.region is there twice, also on line 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a, b]: c", "? {a: b}\n    : c", "'': c", "' ': c"})
    void refuses_a_key_that_is_not_a_word(String entry) throws IOException {
        assertThat(faults(HEAD + "    region: here\n    " + entry + "\n"))
                .containsExactly("line 5: backends.prod has a key that is not a text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: b\\n\\tc: d              | 2 | a tab is used where only spaces may be",
                "a: b: c                     | 1 | there is a second \": \" in a value without quotes, or a wrong indent",
                "a: b\\nc: \"hush\\nd: e\\n   | 2 | a quote is opened and not closed",
                "a: b\\nc: {d: e\\nf: g\\n   | 3 | a comma or a closing bracket is missing",
                "a: {b: c\\n                 | 1 | a bracket is opened and not closed",
                "a: {b: ${SK}}               | 1 | inside { }, a reference must be in quotes, as in \"${NAME}\"",
                "a: @hush                    | 1 | a value begins with a character that must be in quotes",
                "a: \"\\q\"                  | 1 | a backslash inside double quotes begins an unknown escape;"
                        + " use single quotes",
                "a:\\n   b: c\\n  d: e       | 3 | the indent fits none of the lines above",
                "a: 'it's'                   | 1 | there is text after a closing quote, or a wrong indent",
                "a: b\\n- c                  | 2 | the indent or a bracket does not fit the lines above",
                "a: !foo!bar b               | 1 | check indentation, colons and quotes",
                "a: b\\nc:hush               | 2 | a key has no colon, or no blank after the colon",
                "a: b\\nc:hush\\n            | 2 | a key has no colon, or no blank after the colon",
                "a: b\\nc:hush\\n\\n# x\\n\\n  | 2 | a key has no colon, or no blank after the colon",
                "a: b\\nc:hush\\nd: e         | 2 | a key has no colon, or no blank after the colon",
                "a:\\n  b: c\\n  d:hush\\ne: f | 3 | a key has no colon, or no blank after the colon",
            })
    void says_in_plain_words_what_is_not_yaml(String text, int line, String meaning) throws IOException {
        assertThat(faults(text.replace("\\n", "\n").replace("\\t", "\t")))
                .containsExactly("line " + line + ": the file is not valid YAML here: " + meaning);
    }

    @Test
    void reports_a_variable_of_any_length_that_is_not_set() throws IOException {
        String name = "A" + "_A".repeat(300_000);

        assertThat(refusal(HEAD + "    region: \"${" + name + "}\"\n").faults().map(fault -> fault.line()))
                .containsExactly(Option.some(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "~\n"})
    void refuses_an_empty_file(String text) throws IOException {
        assertThat(faults(text)).containsExactly("the file is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n", "just text\n"})
    void refuses_a_file_that_is_not_a_section(String text) throws IOException {
        assertThat(faults(text))
                .containsExactly("line 1: the file must be a section of settings that begins with a key such as"
                        + " \"backends:\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backends:\n", "backends: {}\n", "backends: [a]\n", "backends: text\n", "default: prod\n"})
    void refuses_a_file_without_backends(String text) throws IOException {
        assertThat(faults(text)).hasSize(1);
        assertThat(faults(text).get(0)).contains("backends ");
    }

    @Test
    void refuses_several_documents() throws IOException {
        assertThat(faults("a: b\n---\nc: d\n"))
                .containsExactly("line 2: the file holds several documents (---), and only one is allowed");
    }

    @Test
    void refuses_deep_nesting_without_following_it() throws IOException {
        String label = HEAD + "    region: here\n    label: ";
        assertThat(faults(label + "{a: ".repeat(100_000)))
                .containsExactly(
                        "line 5: the file is not valid YAML here: it is nested too deeply for a configuration");
        assertThat(faults(label + "[".repeat(500_000)))
                .containsExactly(
                        "line 5: the file is not valid YAML here: it is nested too deeply for a configuration");
    }

    @Test
    void refuses_bytes_that_are_not_utf_8() throws IOException {
        assertThat(faultsOf((HEAD + "    region: \u00e9\n").getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("line 4: the file is not UTF-8 text");
        assertThat(faultsOf(HEAD.getBytes(StandardCharsets.UTF_16)))
                .containsExactly("line 1: the file is not UTF-8 text");
        assertThat(faultsOf(new byte[] {'a', ':', ' ', (byte) 0xe4}))
                .containsExactly("line 1: the file is not UTF-8 text");
    }

    @Test
    void refuses_control_characters() throws IOException {
        assertThat(faults(HEAD + "    region: a\u0000b\n"))
                .containsExactly("line 4: the file holds the character U+0000, which no YAML file may hold");
    }

    @Test
    void shows_nothing_that_a_terminal_obeys() throws IOException {
        ConfigurationException refused = refusal(HEAD + "    region: \"\\e[2J\\n\\u202e\"\n    \"\\e[31m\": x\n");
        assertThat(refused.getMessage().lines()).hasSize(3);
        assertThat(refused).hasMessageNotContainingAny("\u001b", "\u202e");
    }

    @Test
    void cuts_a_long_value_short() throws IOException {
        assertThat(refusal(HEAD + "    region: " + "x".repeat(100_000) + "\n").getMessage())
                .hasSizeLessThan(1000);
    }

    @Test
    void shows_the_first_50_faults_and_counts_the_rest() throws IOException {
        StringBuilder text = new StringBuilder(HEAD + "    region: here\n");
        IntStream.range(0, 60).forEach(i -> text.append("    key").append(i).append(": x\n"));

        ConfigurationException refused = refusal(text.toString());

        assertThat(refused.faults()).hasSize(60);
        assertThat(refused.getMessage().lines()).hasSize(52);
        assertThat(refused.getMessage().lines().skip(50))
                .satisfiesExactly(
                        last -> assertThat(last).startsWith("  line 54: "),
                        rest -> assertThat(rest).isEqualTo("  and 10 more"));
    }

    /** The text of each fault is bounded, whatever the file holds, so the memory they take is linear. */
    @Test
    void describes_many_faults_with_bounded_text() throws IOException {
        StringBuilder text = new StringBuilder("default: none\nbackends:\n");
        IntStream.range(0, 300).forEach(i -> text.append("  backend").append(i).append(": {}\n"));
        text.append("products:\n");
        IntStream.range(0, 300).forEach(i -> text.append("  p").append(i).append(": { other: x, backend1: x }\n"));

        List<ConfigError> faults = refusal(text.toString()).faults();

        assertThat(faults.size()).isEqualTo(1 + 300 + 300 + 299);
        // Not the texts themselves: a failure that prints them all would break the test's report.
        assertThat(faults.map(fault -> fault.toString().length()).max().get()).isLessThan(600);
    }

    @Test
    void refuses_a_file_that_is_too_large() throws IOException {
        assertThat(faults("#" + "x".repeat(1024 * 1024)))
                .containsExactly("the file is larger than 1 MiB, too large for a configuration");
    }

    @Test
    void says_that_a_file_is_not_there() {
        assertThat(refusal().getMessage())
                .isEqualTo("Configuration " + file() + " has 1 fault:\n  the file does not exist");
    }

    @Test
    void says_that_a_directory_is_no_file() throws IOException {
        Files.createDirectory(file());
        assertThat(refusal().getMessage()).endsWith("the file is a directory");
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

    private java.util.List<String> faults(String text) throws IOException {
        return faultsOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private java.util.List<String> faultsOf(byte[] bytes) throws IOException {
        Files.write(file(), bytes);
        return refusal().faults().map(ConfigError::toString).asJava();
    }

    private ConfigurationException refusal(String text) throws IOException {
        Files.writeString(file(), text);
        return refusal();
    }

    private ConfigurationException refusal() {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> check(file(), context));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static void check(Path file, BackendContext context) {
        try (OtaBridge ota = OtaBridge.load(file, context)) {
            ota.checkAll();
        }
    }
}
