package io.otabridge.client.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.vavr.control.Either;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are read, or rejected with a description that does not quote them. */
class LenientJsonReaderFuzzTest {

    private static final String HIDDEN = "planted-in-the-body";
    private static final LenientJsonReader<JsonNode> TREES = LenientJsonReader.of(JsonNode.class);
    private static final LenientJsonReader<Shape> SHAPES = LenientJsonReader.of(Shape.class);

    static List<byte[]> seeds() {
        return Stream.of(
                        "{\"text\":\"a\",\"number\":1,\"large\":2,\"truth\":true,\"list\":[\"x\",null],\"inner\":{\"text\":\"b\"}}",
                        "{\"TEXT\":1,\"Number\":\"7\",\"large\":\"9223372036854775807\",\"truth\":\"true\",\"tree\":[{}, []]}",
                        "{\"text\":\"" + HIDDEN + "\",\"" + HIDDEN + "\":{},\"list\":\"" + HIDDEN + "\"}",
                        "[[[[]]]]",
                        "null",
                        "\"\"",
                        "{\"number\":1e2,\"truth\":1}",
                        "\uFEFF{}")
                .map(json -> json.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_bytes_are_read_or_rejected_without_quoting_them(byte[] input) {
        Either<String, JsonNode> tree = TREES.read(input);
        check(tree);
        check(SHAPES.read(input));
        tree.forEach(node -> check(SHAPES.read(node)));
    }

    private static void check(Either<String, ?> outcome) {
        outcome.peekLeft(description ->
                assertThat(description).isNotBlank().hasSizeLessThan(400).doesNotContain(HIDDEN));
    }

    private record Shape(
            @Nullable String text,
            @Nullable Integer number,
            @Nullable Long large,
            @Nullable Boolean truth,
            @Nullable List<@Nullable String> list,
            @Nullable Shape inner,
            @Nullable JsonNode tree) {}
}
