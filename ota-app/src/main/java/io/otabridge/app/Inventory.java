package io.otabridge.app;

import io.vavr.collection.List;

/**
 * The firmware packages of several backends. Immutable.
 *
 * @param backends one entry for each queried backend, in the order of the configuration, including those that failed
 * @param skipped the backends that were not queried, because the configuration has no id of the requested product for
 *     them
 * @param products the product names of the configuration
 * @param isFiltered whether only packages of one product, or those that match a filter, were requested
 */
public record Inventory(
        List<BackendInventory> backends, List<String> skipped, ProductAliases products, boolean isFiltered) {

    /** Returns whether every queried backend returned its complete list. */
    public boolean isComplete() {
        return backends.forAll(backend -> backend.failure().isEmpty());
    }
}
