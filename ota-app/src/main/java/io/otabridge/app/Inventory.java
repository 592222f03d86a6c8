package io.otabridge.app;

import io.vavr.collection.List;

/**
 * What several backends hold.
 *
 * @param backends one for each that was asked, in the order of the configuration, those that failed included
 * @param leftOut the backends that were not asked, because the configuration gives them no id of the product asked for
 * @param products the configuration's names for products
 */
public record Inventory(List<BackendInventory> backends, List<String> leftOut, ProductAliases products) {

    /** Whether every backend that was asked told all. */
    public boolean isComplete() {
        return backends.forAll(backend -> backend.failure().isEmpty());
    }
}
