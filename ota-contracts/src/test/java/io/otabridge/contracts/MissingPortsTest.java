package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MissingPortsTest {

    /** A backend that overrides no port. */
    private final Backend backend = new Backend() {
        @Override
        public String name() {
            return "prod";
        }

        @Override
        public Vendor vendor() {
            return Vendor.of("acme");
        }

        @Override
        public String endpoint() {
            return "nowhere";
        }

        @Override
        public String authentication() {
            return "none";
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.of().without(Capability.DELETE_MODULE, "Ask the administrator");
        }

        @Override
        public Backend within(Duration deadline) {
            return this;
        }
    };

    static Stream<Capability> operations() {
        return Stream.of(Capability.values())
                .filter(Capability::isOperation)
                .filter(capability -> CapabilityCalls.prerequisite(capability).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_of_a_missing_port_is_unsupported(Capability capability) {
        assertThat(CapabilityCalls.of(capability)).isNotEmpty().allSatisfy(call -> {
            OtaFailure.Unsupported failure =
                    (OtaFailure.Unsupported) call.apply(backend).getLeft();
            assertThat(failure.capability()).isEqualTo(capability);
            assertThat(failure.summary()).isEqualTo("Backend prod (acme) cannot " + capability.description());
            assertThat(failure.advice())
                    .isEqualTo(
                            capability == Capability.DELETE_MODULE
                                    ? "Ask the administrator; nothing was sent"
                                    : "This adapter does not implement it: use the vendor's console; nothing was sent");
        });
    }
}
