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

    private static final OtaModule HELD = new OtaModule(
            Option.some(ModuleId.of("m")),
            new Product(ProductId.of("p"), Option.some("Thermometer")),
            ModuleName.of("MCU"),
            Option.some("mcu"),
            Option.some("The main unit"),
            Option.some("space"),
            Option.some(VendorTimestamp.unreadable("then")),
            Option.some(VendorTimestamp.unreadable("later")));

    @Test
    void leaves_what_it_does_not_name_as_it_is() {
        OtaModule changed = ModuleUpdate.alias("other").applyTo(HELD);

        assertThat(changed.alias()).isEqualTo(Option.some("other"));
        assertThat(changed.description()).isEqualTo(HELD.description());
        assertThat(changed.id()).isEqualTo(HELD.id());
        assertThat(changed.created()).isEqualTo(HELD.created());
    }

    @Test
    void does_not_know_when_it_will_be_made() {
        assertThat(ModuleUpdate.description("other").applyTo(HELD).modified()).isEqualTo(Option.none());
    }

    @Test
    void may_name_several_texts() {
        OtaModule changed = ModuleUpdate.builder()
                .alias("other")
                .description("Another unit")
                .build()
                .applyTo(HELD);

        assertThat(changed.alias()).isEqualTo(Option.some("other"));
        assertThat(changed.description()).isEqualTo(Option.some("Another unit"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModuleUpdate.builder().build());
    }

    @Test
    void a_builder_of_a_module_holds_all_of_its_parts() {
        assertThat(HELD.toBuilder().build()).isEqualTo(HELD);
    }

    @Test
    void must_change_something() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModuleUpdate(Option.none(), Option.none()));
    }

    @Test
    void takes_no_blank_text() {
        assertThatIllegalArgumentException().isThrownBy(() -> ModuleUpdate.alias(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> ModuleUpdate.description(""));
        assertThatIllegalArgumentException().isThrownBy(() -> MCU.alias("\t"));
    }

    @Test
    void knows_whether_a_module_is_the_one_to_be_made() {
        assertThat(MCU.describes(HELD)).isTrue();
        assertThat(MCU.alias("other").describes(HELD)).isFalse();
        assertThat(NewModule.named(ProductId.of("p"), ModuleName.of("MCU")).describes(HELD))
                .isFalse();
        assertThat(NewModule.named(ProductId.of("q"), ModuleName.of("MCU"))
                        .alias("mcu")
                        .description("The main unit")
                        .describes(HELD))
                .isFalse();
        assertThat(MCU.toRef()).isEqualTo(ModuleRef.named(ProductId.of("p"), ModuleName.of("MCU")));
    }
}
