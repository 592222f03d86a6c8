package io.otabridge.app;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Creates product aliases without a configuration. */
public final class ProductNames {

    private ProductNames() {}

    /** Creates aliases from ids by name and backend. */
    public static ProductAliases of(Map<String, Map<String, ProductId>> idsByName) {
        return of(idsByName, Map.of());
    }

    /** Creates aliases with a function for the canonical ids of each backend. */
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
