package io.otabridge.app.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {

    @Test
    void writes_an_object_as_one_line() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "a \"quoted\" \\ 温度\n\u001b[31m");
        object.put("number", 12L);
        object.put("flag", true);
        object.put("absent", Option.none());
        object.put("present", Option.some("x"));
        object.put("items", List.of(Map.of("size", 1), Map.of()));

        assertThat(JsonLine.of(object))
                .isEqualTo("{\"text\":\"a \\\"quoted\\\" \\\\ 温度\\u000a\\u001b[31m\",\"number\":12,\"flag\":true,"
                        + "\"present\":\"x\",\"items\":[{\"size\":1},{}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "true",
                "12",
                "~",
                "a: b, {c} [d] #e & *f !g %h @i `j",
                " \t\r\n\u0000\u007f\u0085\u2028\ufeff",
                "a\\b\"c\\\\",
                "温度 😀 é",
                "unpaired \ud83d surrogate",
                "://u:p@h/?q=1#f"
            })
    void reads_what_it_wrote(String text) {
        Map<String, Object> object = Map.of("text", text, "items", List.of(text, text));

        assertThat(JsonLine.parse(JsonLine.of(object))).contains(object);
    }

    @Test
    void reads_long_texts() {
        Map<String, Object> object = Map.of("a", "x".repeat(100_000), "b", "y".repeat(2_000));

        assertThat(JsonLine.parse(JsonLine.of(object))).contains(object);
    }

    @Test
    void reads_no_part_of_a_line_as_an_object() {
        String line = JsonLine.of(Map.of("a", "b", "items", List.of(1, 2), "c", Map.of("d", "e")));

        for (int length = 0; length < line.length(); length++) {
            assertThat(JsonLine.parse(line.substring(0, length))).isEmpty();
        }
        assertThat(JsonLine.parse("a: b")).isEmpty();
        assertThat(JsonLine.parse("{\"a\":*b}")).isEmpty();
    }
}
