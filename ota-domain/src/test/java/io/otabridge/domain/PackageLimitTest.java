package io.otabridge.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.domain.PackageLimit.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageLimitTest {

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void rejects_a_number_that_is_not_positive(int packages) {
        assertThatThrownBy(() -> new PackageLimit(packages, Scope.ACCOUNT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be 1 or more but is " + packages);
    }

    @Test
    void capabilities_keep_their_limit_when_one_is_removed() {
        PackageLimit limit = new PackageLimit(200, Scope.RESOURCE_SPACE);

        assertThat(Capabilities.all().packageLimit()).isEmpty();
        assertThat(Capabilities.all()
                        .withPackageLimit(limit)
                        .without(Capability.VERIFICATION, "Roll out to a few devices first")
                        .packageLimit())
                .contains(limit);
    }
}
