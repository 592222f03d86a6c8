package io.otabridge.app;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The configuration's own names for products, which have another id on every backend. Where a product is asked for, its
 * name here does as well. Immutable.
 */
public final class ProductAliases {

    private final Option<Path> file;
    private final Map<String, Map<String, Either<ConfigError, ProductId>>> idsByName;
    private final BiFunction<String, ProductId, ProductId> canonical;
    private final Map<String, Map<ProductId, String>> namesById = new ConcurrentHashMap<>();

    /**
     * @param file where the configuration was read from
     * @param idsByName by the name of a product and that of a backend, the id or the error in it
     * @param canonical makes the ids of the backend with this name comparable
     */
    ProductAliases(
            Option<Path> file,
            Map<String, Map<String, Either<ConfigError, ProductId>>> idsByName,
            BiFunction<String, ProductId, ProductId> canonical) {
        this.file = file;
        this.idsByName = idsByName;
        this.canonical = canonical;
    }

    /** No names at all. */
    static ProductAliases none(BiFunction<String, ProductId, ProductId> canonical) {
        return new ProductAliases(Option.none(), Map.of(), canonical);
    }

    /**
     * The one spelling of a product's id on a backend, see {@link io.otabridge.domain.backend.Backend#canonical}.
     *
     * @throws ConfigurationException if the backend is not open yet and its configuration has an error
     */
    public ProductId canonical(String backend, ProductId id) {
        return canonical.apply(backend, id);
    }

    /** Every name, in the order of the configuration. */
    public List<String> names() {
        return List.ofAll(idsByName.keySet());
    }

    /** The names of the backends that have this product. */
    public List<String> backendsOf(String name) {
        return List.ofAll(ids(name).keySet());
    }

    /**
     * The id that a backend knows this product by; absent if the configuration has none.
     *
     * @throws ConfigurationException if the configuration has an error there
     */
    public Option<ProductId> id(String name, String backend) {
        return Option.of(ids(name).get(backend))
                .map(id -> id.getOrElseThrow(error -> new ConfigurationException(file, List.of(error))));
    }

    /**
     * The name of the product that a backend knows by this id, in any spelling that the backend takes for the same; absent if
     * the configuration has none.
     *
     * @throws ConfigurationException if the configuration has a name for a product of this backend, and the backend's own
     *     configuration has an error
     */
    public Option<String> name(String backend, ProductId id) {
        Map<ProductId, String> names = namesById.get(backend);
        if (names == null) {
            names = namesOn(backend);
            namesById.put(backend, names);
        }
        return names.isEmpty() ? Option.none() : Option.of(names.get(canonical.apply(backend, id)));
    }

    private Map<ProductId, String> namesOn(String backend) {
        Map<ProductId, String> names = new HashMap<>();
        idsByName.forEach((name, ids) -> Option.of(ids.get(backend))
                .flatMap(Either::toOption)
                .forEach(known -> names.putIfAbsent(canonical.apply(backend, known), name)));
        return names;
    }

    /**
     * The id for a text that is a name of the configuration, or the vendor's own id.
     *
     * @throws IllegalArgumentException if it is a name that has no id for this backend, or can be no id
     * @throws ConfigurationException if the configuration has an error at the id of this name
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
        return !idsByName.containsKey(nameOrId) || ids(nameOrId).containsKey(backend);
    }

    private Map<String, Either<ConfigError, ProductId>> ids(String name) {
        return idsByName.getOrDefault(name, Map.of());
    }
}
