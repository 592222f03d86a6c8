package io.otabridge.cli;

import io.otabridge.app.Inventory;
import java.time.Instant;

/** Interim. */
final class InventoryPage {

    private InventoryPage() {}

    static String html(Inventory inventory, Instant now) {
        return "to be written " + inventory + now;
    }
}
