package io.otabridge.app.copy;

import io.otabridge.domain.ProductId;
import io.vavr.control.Option;

/** The ids that products have on different backends, by their names in the configuration. */
public interface ProductIds {

    /** Returns the name of a product by its id on a backend; absent if the configuration has none. */
    Option<String> name(String backend, ProductId id);

    /** Returns the id of a product on a backend; absent if the configuration has none. */
    Option<ProductId> id(String name, String backend);

    /**
     * Returns the id for a text that is a name of the configuration or the vendor's id.
     *
     * @throws IllegalArgumentException if the text is a name without an id for this backend, or not a valid id
     */
    ProductId resolve(String nameOrId, String backend);
}
