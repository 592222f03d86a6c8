package io.otabridge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

    private static final OperationContext ORIGIN = new OperationContext("legacy", Vendor.of("acme"), "FindModule");

    private final Capabilities reduced =
            Capabilities.all().without(Capability.FIND_MODULE_BY_ID, "Use product and module name");

    @Test
    void require_accepts_a_declared_capability() {
        assertThat(reduced.has(Capability.FIND_FIRMWARE)).isTrue();
        assertThat(reduced.require(ORIGIN, Capability.FIND_FIRMWARE)).isEqualTo(Either.right(Capability.FIND_FIRMWARE));
        assertThat(reduced.alternative(Capability.FIND_FIRMWARE)).isEqualTo(Option.none());
    }

    @Test
    void require_names_the_missing_capability_and_its_alternative() {
        OtaFailure failure =
                reduced.require(ORIGIN, Capability.FIND_MODULE_BY_ID).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(((OtaFailure.Unsupported) failure).capability()).isEqualTo(Capability.FIND_MODULE_BY_ID);
        assertThat(failure.summary()).isEqualTo("Backend legacy (acme) cannot find a module by its id");
        assertThat(failure.advice()).isEqualTo("Use product and module name; nothing was sent");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(reduced.has(Capability.FIND_MODULE_BY_ID)).isFalse();
    }

    @Test
    void keep_the_order_of_the_capabilities() {
        assertThat(Capabilities.all().supported()).containsExactly(Capability.values());
        assertThat(reduced.supported())
                .containsExactlyElementsOf(
                        Arrays.stream(Capability.values()).skip(1).toList());
    }

    @Test
    void without_does_not_modify_the_original() {
        Capabilities none = reduced;
        for (Capability capability : Capability.values()) {
            none = none.without(capability, "Do it by hand");
        }

        assertThat(none.supported()).isEmpty();
        assertThat(reduced.supported()).hasSize(Capability.values().length - 1);
    }

    @Test
    void are_missing_unless_declared() {
        Capabilities one = Capabilities.of(Capability.FIND_FIRMWARE);

        assertThat(one.supported()).containsExactly(Capability.FIND_FIRMWARE);
        assertThat(one.alternative(Capability.FIND_FIRMWARE)).isEmpty();
        assertThat(one.require(ORIGIN, Capability.LIST_MODULES).getLeft().advice())
                .isEqualTo("This adapter does not implement it: use the vendor's console; nothing was sent");
    }

    @Test
    void have_a_name_for_programs() {
        assertThat(Capability.FIND_MODULE_BY_ID.code()).isEqualTo("find-module-by-id");
    }
}
