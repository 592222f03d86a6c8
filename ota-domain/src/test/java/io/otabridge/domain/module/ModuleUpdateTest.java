package io.otabridge.domain.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;

class ModuleUpdateTest {

    private static final NewModule MCU = NewModule.named(ProductId.of("p"), ModuleName.of("MCU"))
            .alias("mcu")
            .description("The main unit");

    private static final OtaModule EXISTING = new OtaModule(
            Option.some(ModuleId.of("m")),
            new Product(ProductId.of("p"), Option.some("Thermometer")),
            ModuleName.of("MCU"),
            Option.some("mcu"),
            Option.some("The main unit"),
            Option.some("space"),
            Option.some(VendorTimestamp.unreadable("then")),
            Option.some(VendorTimestamp.unreadable("later")));

    @Test
    void keeps_absent_components() {
        OtaModule changed = ModuleUpdate.alias("other").applyTo(EXISTING);

        assertThat(changed.alias()).isEqualTo(Option.some("other"));
        assertThat(changed.description()).isEqualTo(EXISTING.description());
        assertThat(changed.id()).isEqualTo(EXISTING.id());
        assertThat(changed.created()).isEqualTo(EXISTING.created());
    }

    @Test
    void the_modification_time_is_absent() {
        assertThat(ModuleUpdate.description("other").applyTo(EXISTING).modified())
                .isEqualTo(Option.none());
    }

    @Test
    void updates_several_components() {
        OtaModule changed = ModuleUpdate.builder()
                .alias("other")
                .description("Another unit")
                .build()
                .applyTo(EXISTING);

        assertThat(changed.alias()).isEqualTo(Option.some("other"));
        assertThat(changed.description()).isEqualTo(Option.some("Another unit"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModuleUpdate.builder().build());
    }

    @Test
    void toBuilder_copies_all_components() {
        assertThat(EXISTING.toBuilder().build()).isEqualTo(EXISTING);
    }

    @Test
    void rejects_an_empty_update() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModuleUpdate(Option.none(), Option.none()));
    }

    @Test
    void rejects_a_blank_text() {
        assertThatIllegalArgumentException().isThrownBy(() -> ModuleUpdate.alias(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> ModuleUpdate.description(""));
        assertThatIllegalArgumentException().isThrownBy(() -> MCU.alias("\t"));
    }

    @Test
    void describes_compares_all_components() {
        assertThat(MCU.describes(EXISTING)).isTrue();
        assertThat(MCU.alias("other").describes(EXISTING)).isFalse();
        assertThat(NewModule.named(ProductId.of("p"), ModuleName.of("MCU")).describes(EXISTING))
                .isFalse();
        assertThat(NewModule.named(ProductId.of("q"), ModuleName.of("MCU"))
                        .alias("mcu")
                        .description("The main unit")
                        .describes(EXISTING))
                .isFalse();
        assertThat(MCU.toRef()).isEqualTo(ModuleRef.named(ProductId.of("p"), ModuleName.of("MCU")));
    }
}
