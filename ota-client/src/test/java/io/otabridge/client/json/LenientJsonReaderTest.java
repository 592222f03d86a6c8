package io.otabridge.client.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vavr.control.Either;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientJsonReaderTest {

    private static final LenientJsonReader<Thing> READER = LenientJsonReader.of(Thing.class);

    record Thing(
            @Nullable String name,
            @Nullable Long size,
            @Nullable Boolean good,
            @Nullable List<@Nullable Thing> parts) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":true} | member name has the wrong type",
                "{\"name\":1.5} | member name has the wrong type",
                "{\"name\":{}} | member name has the wrong type",
                "{\"name\":[\"a\"]} | member name has the wrong type",
                "{\"size\":1.5} | member size has the wrong type",
                "{\"size\":\"1.5\"} | member size has the wrong type",
                "{\"size\":9223372036854775808} | member size has the wrong type",
                "{\"size\":true} | member size has the wrong type",
                "{\"good\":1} | member good has the wrong type",
                "{\"good\":\"perhaps\"} | member good has the wrong type",
                "{\"parts\":[{},{\"size\":[]}]} | member parts.[1].size has the wrong type",
                "[] | the body is JSON of the wrong type, or followed by more",
                "7 | the body is JSON of the wrong type, or followed by more",
                "null | the body is null",
                "{} {} | the body is JSON of the wrong type, or followed by more",
                "{\"name\":\"a | the body is not JSON, or cut off",
                "{\"name\":?} | the body is not JSON, or cut off, at byte 8",
                "{\"name\" | the body is not JSON, or cut off",
                "<html> | the body is not JSON, or cut off"
            })
    void describes_the_problem_without_quoting_the_input(String json, String description) {
        assertThat(read(json).getLeft()).startsWith(description);
    }

    @Test
    void reports_an_empty_body() {
        assertThat(read("").getLeft()).isEqualTo("the body is empty");
        assertThat(read("  \n ").isLeft()).isTrue();
    }

    @Test
    void converts_between_whole_numbers_and_text() {
        assertThat(read("{\"name\":17,\"size\":\"3000000000\",\"good\":\"true\"}")
                        .get())
                .isEqualTo(new Thing("17", 3_000_000_000L, true, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"size\":1,\"other\":{\"deep\":[1,2,{}]}}",
                "{\"other\":[{\"NAME\":\"b\"}],\"name\":\"a\",\"SIZE\":1}",
                "{\"names\":1,\"siZe\":\"1\",\"name\":\"a\",\"nam\":{}}"
            })
    void matches_names_case_insensitively(String json) {
        assertThat(read(json).get()).isEqualTo(new Thing("a", 1L, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "924",
                "924.0",
                "924.000",
                "9.24E2",
                "9.24e+2",
                "92400e-2",
                "\"924\"",
                "\"924.0\"",
                "\"9.24E2\"",
                "\" 924 \"",
                "\"+924\""
            })
    void reads_a_whole_number_in_every_notation(String number) {
        assertThat(read("{\"size\":" + number + "}").get().size()).isEqualTo(924L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "924.5",
                "\"924.5\"",
                "9.245E2",
                "1e-1",
                "1e19",
                "1e999999999",
                "\"1e999\"",
                "9223372036854775808",
                "\"9223372036854775808\"",
                "\"NaN\"",
                "NaN",
                "\"Infinity\"",
                "\"0x10\"",
                "\"9,24\"",
                "\"924.\"",
                "\"\u0661\"",
                "[924]",
                "{}"
            })
    void rejects_values_that_are_not_whole_numbers(String number) {
        assertThat(read("{\"size\":" + number + "}").isLeft()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\",\"name\":\"a\"}",
                "{\"name\":\"b\",\"size\":1,\"Name\":\"a\"}",
                "{\"NAME\":\"b\",\"Name\":\"a\"}",
                "{\"other\":{\"x\":1,\"x\":2}}",
                "{\"parts\":[{\"size\":1,\"Size\":2}]}",
                "{\"na\\u006de\":\"a\",\"name\":\"b\"}"
            })
    void rejects_duplicate_names(String json) {
        assertThat(read(json).getLeft()).isEqualTo("an object has the same name twice");
    }

    static Stream<byte[]> invalidTexts() {
        return Stream.of(
                invalid(0xC0, 0xAF),
                invalid(0xE0, 0x80, 0xAF),
                invalid(0xED, 0xA0, 0x80),
                invalid(0xF4, 0x90, 0x80, 0x80),
                invalid(0x80),
                invalid(0xE4, 0xB8),
                invalid('\\', 'u', 'd', '8', '0', '0'),
                invalid('\\', 'u', 'D', 'C', '0', '0', '\\', 'u', 'd', '8', '3', 'd'),
                "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_16));
    }

    private static byte[] invalid(int... bytes) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.writeBytes("{\"name\":\"a".getBytes(StandardCharsets.UTF_8));
        IntStream.of(bytes).forEach(json::write);
        json.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
        return json.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("invalidTexts")
    void rejects_invalid_utf_8(byte[] json) {
        assertThat(READER.read(json).getLeft()).isEqualTo("the body is not valid UTF-8");
    }

    @Test
    void reads_escaped_and_unescaped_surrogate_pairs() {
        assertThat(read("\ufeff{\"name\":\"\ud83d\ude00 \\ud83d\\uDE00 \\\\ud800\"}")
                        .get()
                        .name())
                .isEqualTo("\ud83d\ude00 \ud83d\ude00 \\ud800");
    }

    @Test
    void matches_nested_names_case_insensitively() {
        assertThat(read("{\"parts\":[{\"name\":\"a\",\"SIZE\":1}]}").get())
                .isEqualTo(new Thing(null, null, null, List.of(new Thing("a", 1L, null, null))));
    }

    @Test
    void ignores_unknown_fields_and_case() {
        assertThat(read("{\"NAME\":\"a\",\"Size\":1,\"other\":{\"deep\":[1,2,{}]}}")
                        .get())
                .isEqualTo(new Thing("a", 1L, null, null));
    }

    @Test
    void rejects_json_that_exceeds_the_limits() {
        String description = "the body is nested too deeply, or has too many or too long parts";

        assertThat(read("{\"other\":" + "[".repeat(100_000)).getLeft()).isEqualTo(description);
        assertThat(read("{\"other\":[" + "0,".repeat(200_000) + "0]}").getLeft())
                .isEqualTo(description);
        assertThat(read("{\"other\":" + "1".repeat(101) + "}").getLeft()).isEqualTo(description);
    }

    @Test
    void reads_trees_and_bytes_alike() throws IOException {
        ObjectMapper trees = new ObjectMapper();

        assertThat(READER.read(trees.readTree("{\"NAME\":17}"))).isEqualTo(read("{\"name\":\"17\"}"));
        assertThat(READER.read(trees.readTree("{\"name\":{}}")).getLeft()).isEqualTo("member name has the wrong type");
        assertThat(READER.read(trees.readTree("null")).getLeft()).isEqualTo("the body is null");
    }

    private static Either<String, Thing> read(String json) {
        return READER.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
