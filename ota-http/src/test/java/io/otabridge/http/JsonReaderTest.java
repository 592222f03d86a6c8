package io.otabridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vavr.control.Either;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private static final JsonReader<Thing> READER = JsonReader.of(Thing.class);

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
    void says_what_is_wrong_without_repeating_it(String json, String words) {
        assertThat(read(json).getLeft()).startsWith(words);
    }

    @Test
    void says_that_there_is_nothing() {
        assertThat(read("").getLeft()).isEqualTo("the body is empty");
        assertThat(read("  \n ").isLeft()).isTrue();
    }

    @Test
    void takes_a_whole_number_and_its_text_for_each_other() {
        assertThat(read("{\"name\":17,\"size\":\"3000000000\",\"good\":\"true\"}")
                        .get())
                .isEqualTo(new Thing("17", 3_000_000_000L, true, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"size\":1,\"other\":{\"deep\":[1,2,{}]}}",
                "{\"other\":[{\"NAME\":\"b\"}],\"name\":\"a\",\"SIZE\":1}",
                "{\"name\":\"b\",\"size\":1,\"Name\":\"a\"}",
                "{\"names\":1,\"siZe\":\"1\",\"name\":\"a\",\"nam\":{}}"
            })
    void takes_names_as_declared_and_in_any_other_case(String json) {
        assertThat(read(json).get()).isEqualTo(new Thing("a", 1L, null, null));
    }

    @Test
    void takes_names_in_another_case_below() {
        assertThat(read("{\"parts\":[{\"name\":\"a\",\"SIZE\":1}]}").get())
                .isEqualTo(new Thing(null, null, null, List.of(new Thing("a", 1L, null, null))));
    }

    @Test
    void passes_over_unknown_members_and_letter_case() {
        assertThat(read("{\"NAME\":\"a\",\"Size\":1,\"other\":{\"deep\":[1,2,{}]}}")
                        .get())
                .isEqualTo(new Thing("a", 1L, null, null));
    }

    @Test
    void gives_up_on_json_that_has_no_end() {
        String words = "the body is nested too deeply or has too many parts";

        assertThat(read("{\"other\":" + "[".repeat(100_000)).getLeft()).isEqualTo(words);
        assertThat(read("{\"other\":[" + "0,".repeat(200_000) + "0]}").getLeft())
                .isEqualTo(words);
    }

    @Test
    void reads_a_tree_as_it_reads_bytes() throws IOException {
        ObjectMapper trees = new ObjectMapper();

        assertThat(READER.read(trees.readTree("{\"NAME\":17}"))).isEqualTo(read("{\"name\":\"17\"}"));
        assertThat(READER.read(trees.readTree("{\"name\":{}}")).getLeft()).isEqualTo("member name has the wrong type");
        assertThat(READER.read(trees.readTree("null")).getLeft()).isEqualTo("the body is null");
    }

    private static Either<String, Thing> read(String json) {
        return READER.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
