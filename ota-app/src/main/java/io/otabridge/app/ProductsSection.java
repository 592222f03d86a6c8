package io.otabridge.app;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.ConfigNode;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads {@code products:}, a section for each product with its id on each backend. For one thread, used once. */
final class ProductsSection {

    static final String KEY = "products";

    private static final StringConstraint NAME = StringConstraint.name("product name", 128);

    /** Other names may be a part of a secret, so they are not shown. */
    private static final StringConstraint SHOWN_NAME =
            StringConstraint.matching("product name", "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,63}", "a plain name");

    private final Set<String> backends;
    private final List<String> shownBackends;
    private final Consumer<ConfigError> faults;
    private final Map<String, Map<String, Entry>> entries = new LinkedHashMap<>();

    /** What the configuration says for a product on a backend, and where it says so. */
    private record Entry(String path, ConfigNode node) {

        private Either<ConfigError, ProductId> id() {
            if (node instanceof ConfigNode.Text text) {
                return ProductId.parse(text.resolved()).mapLeft(invalid -> error("must be " + invalid.rule()));
            }
            return Either.left(
                    error(node instanceof ConfigNode.Other other ? other.problem() : "must be the product's id"));
        }

        private ConfigError error(String problem) {
            return new ConfigError(path, node.line(), problem);
        }
    }

    private ProductsSection(Set<String> backends, List<String> shownBackends, Consumer<ConfigError> faults) {
        this.backends = backends;
        this.shownBackends = shownBackends;
        this.faults = faults;
    }

    /**
     * Reads the names of the section. The ids on a backend are checked by {@link #errors}, when that backend is opened.
     *
     * @param node the section; null if there is none
     * @param backends the names of all backends
     * @param shownBackends those of them that may be shown
     * @param faults takes the errors
     */
    static ProductsSection read(
            @Nullable ConfigNode node, Set<String> backends, List<String> shownBackends, Consumer<ConfigError> faults) {
        ProductsSection section = new ProductsSection(backends, shownBackends, faults);
        if (node instanceof ConfigNode.Section products) {
            products.entries().forEach(section::product);
        } else if (node != null) {
            section.fault(KEY, node, "must be a section with a name for each product");
        }
        return section;
    }

    /**
     * The names of products.
     *
     * @param file where the configuration was read from
     * @param canonical makes the ids of the backend with this name comparable
     */
    ProductAliases products(Option<Path> file, BiFunction<String, ProductId, ProductId> canonical) {
        Map<String, Map<String, Either<ConfigError, ProductId>>> ids = new LinkedHashMap<>();
        entries.forEach((name, byBackend) -> byBackend.forEach((backend, entry) ->
                ids.computeIfAbsent(name, first -> new LinkedHashMap<>()).put(backend, entry.id())));
        return new ProductAliases(file, ids, canonical);
    }

    /**
     * Every error in the ids of products on one backend. Two names for one product are an error, because nothing says which
     * one to show.
     *
     * @param canonical makes the ids of this backend comparable
     */
    List<ConfigError> errors(String backend, UnaryOperator<ProductId> canonical) {
        java.util.List<ConfigError> errors = new ArrayList<>();
        Map<ProductId, String> namesById = new HashMap<>();
        entries.forEach((name, byBackend) -> Option.of(byBackend.get(backend))
                .forEach(entry -> entry.id()
                        .peekLeft(errors::add)
                        .peek(id -> Option.of(namesById.putIfAbsent(canonical.apply(id), name))
                                .forEach(other -> errors.add(
                                        entry.error("is the same product as " + pathOf(other) + "." + backend))))));
        return List.ofAll(errors);
    }

    private void product(String name, ConfigNode node) {
        if (NAME.check(name).isLeft()) {
            fault(KEY, node, "holds a name that is not allowed: it must be " + NAME.words());
        }
        if (node instanceof ConfigNode.Section ids && !ids.entries().isEmpty()) {
            ids.entries().forEach((backend, id) -> id(name, backend, id));
        } else {
            // What is not clearly a product may be a part of a secret, so its name is not shown.
            String problem = node instanceof ConfigNode.Other other
                    ? other.problem()
                    : "is not a section with an id for each backend that has it";
            fault(KEY, node, "holds a product that " + problem);
        }
    }

    private void id(String name, String backend, ConfigNode node) {
        if (!backends.contains(backend)) {
            faults.accept(ConfigError.unknownKey(pathOf(name), node.line(), backend, shownBackends));
            return;
        }
        entries.computeIfAbsent(name, first -> new LinkedHashMap<>())
                .put(backend, new Entry(pathOf(name) + "." + backend, node));
    }

    /** The path of a product, without its name if that may be a part of a secret. */
    static String pathOf(String name) {
        return KEY + "." + (SHOWN_NAME.check(name).isRight() ? name : BackendFactory.UNNAMED);
    }

    private void fault(String path, ConfigNode node, String problem) {
        faults.accept(new ConfigError(path, node.line(), problem));
    }
}
