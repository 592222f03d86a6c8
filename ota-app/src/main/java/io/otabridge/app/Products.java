package io.otabridge.app;

import io.otabridge.domain.ProductId;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The configuration's own names for products, which have another id on every backend. Where a product is asked for, its
 * name here does as well. Immutable.
 */
public final class Products {

    private final Map<String, Map<String, ProductId>> idsByName;
    private final Map<String, Map<ProductId, String>> namesById = new HashMap<>();
    private final Map<String, UnaryOperator<ProductId>> canonical;

    /** @param canonical by the name of a backend, what makes its ids comparable */
    Products(Map<String, Map<String, ProductId>> idsByName, Map<String, UnaryOperator<ProductId>> canonical) {
        this.canonical = Map.copyOf(canonical);
        Map<String, Map<String, ProductId>> copy = new LinkedHashMap<>();
        idsByName.forEach((name, ids) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(ids))));
        this.idsByName = Collections.unmodifiableMap(copy);
        copy.forEach((name, ids) -> ids.forEach((backend, id) -> namesById
                .computeIfAbsent(backend, first -> new HashMap<>())
                .putIfAbsent(canonical(backend, id), name)));
    }

    /** The one spelling of a product's id on a backend, see {@link io.otabridge.domain.backend.Backend#canonical}. */
    public ProductId canonical(String backend, ProductId id) {
        return canonical.getOrDefault(backend, UnaryOperator.identity()).apply(id);
    }

    /** Every name, in the order of the configuration. */
    public List<String> names() {
        return List.ofAll(idsByName.keySet());
    }

    /** The names of the backends that have this product. */
    public List<String> backendsOf(String name) {
        return List.ofAll(ids(name).keySet());
    }

    /** The id that a backend knows this product by; absent if the configuration does not say. */
    public Option<ProductId> id(String name, String backend) {
        return Option.of(ids(name).get(backend));
    }

    /**
     * The name of the product that a backend knows by this id, in any spelling that the backend takes for the same; absent if
     * the configuration has none.
     */
    public Option<String> name(String backend, ProductId id) {
        return Option.of(namesById.getOrDefault(backend, Map.of()).get(canonical(backend, id)));
    }

    /**
     * The id for a text that is a name of the configuration, or the vendor's own id.
     *
     * @throws IllegalArgumentException if it is a name that has no id for this backend, or can be no id
     */
    public ProductId resolve(String nameOrId, String backend) {
        if (!idsByName.containsKey(nameOrId)) {
            return ProductId.of(nameOrId);
        }
        return id(nameOrId, backend)
                .getOrElseThrow(() -> new IllegalArgumentException("product \"" + nameOrId
                        + "\" has no id for backend \"" + backend + "\" in the configuration, only for "
                        + backendsOf(nameOrId).mkString(", ")));
    }

    /** Whether this is an id, or a name that has an id for this backend. */
    boolean mayHave(String nameOrId, String backend) {
        return !idsByName.containsKey(nameOrId) || id(nameOrId, backend).isDefined();
    }

    private Map<String, ProductId> ids(String name) {
        return idsByName.getOrDefault(name, Map.of());
    }
}
