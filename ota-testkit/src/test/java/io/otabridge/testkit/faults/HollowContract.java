package io.otabridge.testkit.faults;

import io.otabridge.testkit.FirmwareCommandContract;
import io.otabridge.testkit.ModuleCommandContract;
import org.junit.jupiter.api.Test;

/** A contract of one's own that demands less than those of the kit, and shows less. */
public interface HollowContract extends FirmwareCommandContract, ModuleCommandContract {

    @Override
    @Test
    default void deletes_firmware() {}

    @Override
    default void deletes_a_module() {
        throw new AssertionError("nobody runs it");
    }
}
