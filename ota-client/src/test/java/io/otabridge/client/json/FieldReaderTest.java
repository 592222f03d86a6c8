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

    private final FieldReader members = new FieldReader();

    @ParameterizedTest
    @NullAndEmptySource
    void tells_of_a_required_member_that_is_not_there(@Nullable String raw) {
        assertThat(members.required("version", raw, FirmwareVersion::parse)).isEmpty();

        assertThat(members.result(() -> "made").getLeft()).isEqualTo("member version is missing");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void does_without_an_optional_member(@Nullable String raw) {
        assertThat(members.optional("version", raw, FirmwareVersion::parse)).isEmpty();

        assertThat(members.result(() -> "made")).isEqualTo(Either.right("made"));
    }

    @Test
    void reads_members_that_obey_their_rule() {
        assertThat(members.required("version", "1.0", FirmwareVersion::parse)).contains(FirmwareVersion.of("1.0"));
        assertThat(members.optional("source", "0.9", FirmwareVersion::parse)).contains(FirmwareVersion.of("0.9"));

        assertThat(members.result(() -> "made")).isEqualTo(Either.right("made"));
    }

    @Test
    void tells_once_which_member_breaks_its_rule() {
        String blank = " ";

        assertThat(members.required("version", blank, FirmwareVersion::parse)).isEmpty();

        assertThat(members.result(() -> "made").getLeft())
                .isEqualTo("member version: "
                        + FirmwareVersion.parse(blank).getLeft().message());
    }

    @Test
    void reads_a_list_in_order_and_takes_a_missing_one_for_empty() {
        assertThat(members.all("sizes", Arrays.asList("1", "2", "3"), FieldReaderTest::size))
                .containsExactly(1, 2, 3);
        assertThat(members.all("sizes", null, FieldReaderTest::size)).isEmpty();

        assertThat(members.result(() -> "made").isRight()).isTrue();
    }

    @Test
    void tells_which_elements_of_a_list_are_wrong() {
        assertThat(members.all("sizes", Arrays.asList("1", "x", null, "4"), FieldReaderTest::size))
                .containsExactly(1, 4);

        assertThat(members.result(() -> "made").getLeft())
                .isEqualTo("sizes[1]: no number; sizes[2]: the element is null");
    }

    @Test
    void tells_of_five_problems_and_counts_the_rest() {
        assertThat(afterProblems(5)).isEqualTo("wrong 1; wrong 2; wrong 3; wrong 4; wrong 5");
        assertThat(afterProblems(6)).isEqualTo("wrong 1; wrong 2; wrong 3; wrong 4; wrong 5; and 1 more");
        assertThat(afterProblems(105)).endsWith("wrong 5; and 100 more");
    }

    @Test
    void makes_nothing_of_members_that_are_wrong() {
        members.problem("wrong");

        assertThat(members.result(() -> fail("made of wrong members")).isLeft()).isTrue();
    }

    private static String afterProblems(int count) {
        FieldReader several = new FieldReader();
        for (int i = 1; i <= count; i++) {
            several.problem("wrong " + i);
        }
        return several.result(() -> "made").getLeft();
    }

    private static Either<String, Integer> size(String text) {
        return text.matches("[0-9]+") ? Either.right(Integer.valueOf(text)) : Either.left("no number");
    }
}
