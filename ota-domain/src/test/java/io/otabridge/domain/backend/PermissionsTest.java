package io.otabridge.domain.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capability;
import io.vavr.collection.List;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    private static final Permission LIST =
            Permission.of("List", "acme:list", Capability.LIST_FIRMWARE, Capability.DELETE_FIRMWARE);
    private static final Permission DELETE = Permission.of("Delete", "acme:delete", Capability.DELETE_FIRMWARE);
    private static final Permissions BOTH = Permissions.of(List.of(LIST, DELETE), actions -> actions.mkString(" "));

    @Test
    void a_capability_needs_the_reads_around_its_change() {
        assertThat(BOTH.needed(Capability.DELETE_FIRMWARE)).containsExactly(LIST, DELETE);
        assertThat(BOTH.needed(Capability.LIST_FIRMWARE)).containsExactly(LIST);
        assertThat(BOTH.needed(Capability.VERIFICATION)).isEmpty();
    }

    @Test
    void a_policy_for_reading_allows_no_change() {
        assertThat(BOTH.policy()).contains("acme:list acme:delete");
        assertThat(BOTH.readOnlyPolicy()).contains("acme:list");
    }

    @Test
    void there_is_no_policy_without_permissions() {
        assertThat(Permissions.none().policy()).isEmpty();
        assertThat(Permissions.of(List.of(DELETE), actions -> "{}").readOnlyPolicy())
                .isEmpty();
    }
}
