package io.otabridge.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StringConstraintTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "\u0000", "a\u00a0b", "a\u2003b", "a\u0085", "\ud800x"})
    void rejects_ids_with_white_space_or_control_characters(String text) {
        assertThat(FirmwareId.parse(text).isLeft()).isTrue();
        assertThat(ModuleId.parse(text).isLeft()).isTrue();
        assertThat(ProductId.parse(text).isLeft()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u3000", "a\tb", "a\u001b[31m"})
    void rejects_names_that_are_blank_or_contain_control_characters(String text) {
        assertThat(ModuleName.parse(text).isLeft()).isTrue();
        assertThat(FirmwareVersion.parse(text).isLeft()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"28f61af50fc9452aa0ed5ea25c3cc3d3", "UfuxnwygsuSkVE0VCN****0100", "固件"})
    void accepts_the_ids_of_both_vendors(String text) {
        assertThat(FirmwareId.parse(text)).containsExactly(FirmwareId.of(text));
    }

    @Test
    void quotes_value_and_rule() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FirmwareId.of("a b"))
                .withMessage("firmware id \"a b\" is not valid: it must be 1 to 128 characters without white space or"
                        + " control characters");
    }

    @Test
    void truncates_and_escapes_a_quoted_value() {
        ConstraintViolation violation =
                FirmwareId.parse("\u001b[2J" + "x".repeat(1_000)).getLeft();

        assertThat(violation.message())
                .contains("\"\\u001b[2Jxxx")
                .contains("…\"")
                .hasSizeLessThan(220);
    }

    @Test
    void rejects_an_invalid_vendor_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> Vendor.of("Huawei Cloud"));
    }
}
