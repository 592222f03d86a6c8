package io.otabridge.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.control.Either;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class FieldReaderTest {

    private final FieldReader fields = new FieldReader();

    @ParameterizedTest
    @NullAndEmptySource
    void reports_a_missing_required_field(@Nullable String raw) {
        assertThat(fields.required("version", raw, FirmwareVersion::parse)).isEmpty();

        assertThat(fields.result(() -> "created").getLeft()).isEqualTo("member version is missing");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void accepts_a_missing_optional_field(@Nullable String raw) {
        assertThat(fields.optional("version", raw, FirmwareVersion::parse)).isEmpty();

        assertThat(fields.result(() -> "created")).isEqualTo(Either.right("created"));
    }

    @Test
    void reads_valid_fields() {
        assertThat(fields.required("version", "1.0", FirmwareVersion::parse)).contains(FirmwareVersion.of("1.0"));
        assertThat(fields.optional("source", "0.9", FirmwareVersion::parse)).contains(FirmwareVersion.of("0.9"));

        assertThat(fields.result(() -> "created")).isEqualTo(Either.right("created"));
    }

    @Test
    void reports_an_invalid_field_once() {
        String blank = " ";

        assertThat(fields.required("version", blank, FirmwareVersion::parse)).isEmpty();

        assertThat(fields.result(() -> "created").getLeft())
                .isEqualTo("member version: "
                        + FirmwareVersion.parse(blank).getLeft().message());
    }

    @Test
    void reads_a_list_in_order_and_a_missing_list_as_empty() {
        assertThat(fields.elements("sizes", Arrays.asList("1", "2", "3"), FieldReaderTest::size))
                .containsExactly(1, 2, 3);
        assertThat(fields.elements("sizes", null, FieldReaderTest::size)).isEmpty();

        assertThat(fields.result(() -> "created").isRight()).isTrue();
    }

    @Test
    void reports_invalid_elements_of_a_list() {
        assertThat(fields.elements("sizes", Arrays.asList("1", "x", null, "4"), FieldReaderTest::size))
                .containsExactly(1, 4);

        assertThat(fields.result(() -> "created").getLeft())
                .isEqualTo("sizes[1]: no number; sizes[2]: the element is null");
    }

    @Test
    void reports_five_problems_and_counts_the_rest() {
        assertThat(afterProblems(5)).isEqualTo("wrong 1; wrong 2; wrong 3; wrong 4; wrong 5");
        assertThat(afterProblems(6)).isEqualTo("wrong 1; wrong 2; wrong 3; wrong 4; wrong 5; and 1 more");
        assertThat(afterProblems(105)).endsWith("wrong 5; and 100 more");
    }

    @Test
    void creates_no_object_from_invalid_fields() {
        fields.problem("wrong");

        assertThat(fields.result(() -> fail("created from invalid fields")).isLeft())
                .isTrue();
    }

    private static String afterProblems(int count) {
        FieldReader several = new FieldReader();
        for (int i = 1; i <= count; i++) {
            several.problem("wrong " + i);
        }
        return several.result(() -> "created").getLeft();
    }

    private static Either<String, Integer> size(String text) {
        return text.matches("[0-9]+") ? Either.right(Integer.valueOf(text)) : Either.left("no number");
    }
}
