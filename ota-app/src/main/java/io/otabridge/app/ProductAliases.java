package io.otabridge.app;

import io.otabridge.app.copy.ProductIds;
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
 * The product names of the configuration. A product has a different id on each backend; its name can be used instead of
 * an id. Immutable and safe for use by multiple threads.
 */
public final class ProductAliases implements ProductIds {

    private final Option<Path> file;
    private final Map<String, Map<String, Either<ConfigError, ProductId>>> idsByName;
    private final BiFunction<String, ProductId, ProductId> canonical;
    private final Map<String, Map<ProductId, String>> namesById = new ConcurrentHashMap<>();

    /**
     * @param file the file of the configuration; absent if it was created in Java
     * @param idsByName the id or the error in it, by the name of a product and that of a backend
     * @param canonical returns the canonical form of an id on a backend
     */
    ProductAliases(
            Option<Path> file,
            Map<String, Map<String, Either<ConfigError, ProductId>>> idsByName,
            BiFunction<String, ProductId, ProductId> canonical) {
        this.file = file;
        this.idsByName = idsByName;
        this.canonical = canonical;
    }

    /** Returns product names without an entry. */
    static ProductAliases none(BiFunction<String, ProductId, ProductId> canonical) {
        return new ProductAliases(Option.none(), Map.of(), canonical);
    }

    /**
     * Returns the canonical form of a product's id on a backend, see {@link
     * io.otabridge.domain.backend.Backend#canonical}.
     *
     * @throws ConfigurationException if the backend is not open yet and its configuration has an error
     */
    public ProductId canonical(String backend, ProductId id) {
        return canonical.apply(backend, id);
    }

    /** Returns all names, in the order of the configuration. */
    public List<String> names() {
        return List.ofAll(idsByName.keySet());
    }

    /** Returns the names of the backends for which the product has an id. */
    public List<String> backendsOf(String name) {
        return List.ofAll(ids(name).keySet());
    }

    /**
     * Returns the id of the product on a backend; absent if the configuration has none.
     *
     * @throws ConfigurationException if the id in the configuration is invalid
     */
    @Override
    public Option<ProductId> id(String name, String backend) {
        return Option.of(ids(name).get(backend))
                .map(id -> id.getOrElseThrow(error -> new ConfigurationException(file, List.of(error))));
    }

    /**
     * Returns the name of a product by its id on a backend, in any equivalent spelling; absent if the configuration has
     * none.
     *
     * @throws ConfigurationException if the configuration has a name for a product of this backend, and the backend's
     *     own configuration has an error
     */
    @Override
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
     * Returns the id for a text that is a name of the configuration or the vendor's id.
     *
     * @throws UnknownProductException if the text is a name without an id for this backend
     * @throws io.otabridge.domain.InvalidValueException if the text is not a valid id
     * @throws ConfigurationException if the id of this name in the configuration is invalid
     */
    @Override
    public ProductId resolve(String nameOrId, String backend) {
        if (!idsByName.containsKey(nameOrId)) {
            return ProductId.of(nameOrId);
        }
        return id(nameOrId, backend)
                .getOrElseThrow(() -> new UnknownProductException(nameOrId, backend, backendsOf(nameOrId)));
    }

    /** Returns whether the text is an id, or a name with an id for this backend. */
    boolean mayHave(String nameOrId, String backend) {
        return !idsByName.containsKey(nameOrId) || ids(nameOrId).containsKey(backend);
    }

    private Map<String, Either<ConfigError, ProductId>> ids(String name) {
        return idsByName.getOrDefault(name, Map.of());
    }
}
