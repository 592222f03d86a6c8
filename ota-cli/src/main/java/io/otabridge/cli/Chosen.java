package io.otabridge.cli;

import io.otabridge.app.Products;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;

/**
 * The backend that a command is for, and what the configuration calls products there.
 *
 * @param notes takes what a person may want to know besides the answer
 */
record Chosen(Backend backend, Products products, Notes notes) {

    /**
     * The product's id on this backend.
     *
     * @param nameOrId its name in the configuration, or the vendor's id
     * @throws Refusal if it is neither
     */
    ProductId product(String nameOrId) {
        notes.tellOfId(nameOrId, products);
        try {
            return products.resolve(nameOrId, backend.name());
        } catch (IllegalArgumentException wrong) {
            throw Refusal.usage(wrong);
        }
    }
}
