package io.otabridge.app;

import io.vavr.collection.List;

/**
 * What several backends hold.
 *
 * @param backends one for each that was asked, in the order of the configuration, those that failed included
 * @param products the configuration's names for products
 */
public record Inventory(List<BackendInventory> backends, Products products) {

    /** Whether every backend told all. */
    public boolean isComplete() {
        return backends.forAll(backend -> backend.failure().isEmpty());
    }
}
