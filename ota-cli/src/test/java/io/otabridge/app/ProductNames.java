package io.otabridge.app;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The names for products that a configuration would have, without a configuration. */
public final class ProductNames {

    private ProductNames() {}

    /** By name, and for each name by backend. */
    public static ProductAliases of(Map<String, Map<String, ProductId>> idsByName) {
        return of(idsByName, Map.of());
    }

    /** The same on backends that have several spellings of an id; the canonical one by the name of the backend. */
    public static ProductAliases of(
            Map<String, Map<String, ProductId>> idsByName, Map<String, UnaryOperator<ProductId>> canonical) {
        Map<String, Map<String, Either<ConfigError, ProductId>>> ids = new LinkedHashMap<>();
        idsByName.forEach((name, byBackend) -> byBackend.forEach((backend, id) ->
                ids.computeIfAbsent(name, first -> new LinkedHashMap<>()).put(backend, Either.right(id))));
        return new ProductAliases(
                Option.none(),
                ids,
                (backend, id) -> canonical
                        .getOrDefault(backend, UnaryOperator.identity())
                        .apply(id));
    }
}
