package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FirmwareUpdateTest {

    private static final Firmware FIRMWARE = Firmware.builder(FirmwareId.of("f1"), FirmwareVersion.of("1.0"))
            .name("mcu")
            .description("text")
            .build();

    @Test
    void changes_at_least_one_text() {
        assertThatIllegalArgumentException().isThrownBy(() -> update(null, null, null));
    }

    @Test
    void has_no_blank_text() {
        assertThatIllegalArgumentException().isThrownBy(() -> update("", null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> update("mcu", " ", null));
        assertThatIllegalArgumentException().isThrownBy(() -> update("mcu", null, "\t"));
    }

    @Test
    void is_contained_in_firmware_that_has_all_its_texts() {
        assertThat(update("mcu", "text", null).isContainedIn(FIRMWARE)).isTrue();
        assertThat(update("mcu", null, null).isContainedIn(FIRMWARE)).isTrue();
        assertThat(update("mcu", "another text", null).isContainedIn(FIRMWARE)).isFalse();
        assertThat(update("MCU", null, null).isContainedIn(FIRMWARE)).isFalse();
        assertThat(update(null, null, "info").isContainedIn(FIRMWARE)).isFalse();
    }

    private static FirmwareUpdate update(
            @Nullable String name, @Nullable String description, @Nullable String customInfo) {
        return new FirmwareUpdate(Option.of(name), Option.of(description), Option.of(customInfo));
    }
}
