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

/** Reads {@code products:}, a section for each product with its id on each backend. For one thread and a single use. */
final class ProductsSection {

    static final String KEY = "products";

    private static final StringConstraint NAME = StringConstraint.name("product name", 128);

    /** Names that can be shown. Other names may be a part of a secret. */
    private static final StringConstraint SHOWN_NAME =
            StringConstraint.matching("product name", "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,63}", "a plain name");

    private final Set<String> backends;
    private final List<String> shownBackends;
    private final Consumer<ConfigError> errorSink;
    private final Map<String, Map<String, Entry>> entries = new LinkedHashMap<>();

    /** The id of a product on a backend, and its path in the configuration. */
    private record Entry(String path, ConfigNode node) {

        private Either<ConfigError, ProductId> id() {
            if (node instanceof ConfigNode.Text text) {
                return ProductId.parse(text.resolved()).mapLeft(invalid -> error("must be " + invalid.requirement()));
            }
            return Either.left(
                    error(node instanceof ConfigNode.Other other ? other.problem() : "must be the product's id"));
        }

        private ConfigError error(String problem) {
            return new ConfigError(path, node.line(), problem);
        }
    }

    private ProductsSection(Set<String> backends, List<String> shownBackends, Consumer<ConfigError> errorSink) {
        this.backends = backends;
        this.shownBackends = shownBackends;
        this.errorSink = errorSink;
    }

    /**
     * Reads the names of the section. The ids on a backend are checked by {@link #errors} when that backend is opened.
     *
     * @param node the section; null if there is none
     * @param backends the names of all backends
     * @param shownBackends those names that may be shown
     * @param errorSink receives the errors
     */
    static ProductsSection read(
            @Nullable ConfigNode node,
            Set<String> backends,
            List<String> shownBackends,
            Consumer<ConfigError> errorSink) {
        ProductsSection section = new ProductsSection(backends, shownBackends, errorSink);
        if (node instanceof ConfigNode.Section products) {
            products.entries().forEach(section::product);
        } else if (node != null) {
            section.report(KEY, node, "must be a section with a name for each product");
        }
        return section;
    }

    /**
     * Returns the product names.
     *
     * @param file the file of the configuration; absent if it was created in Java
     * @param canonical returns the canonical form of an id on a backend
     */
    ProductAliases products(Option<Path> file, BiFunction<String, ProductId, ProductId> canonical) {
        Map<String, Map<String, Either<ConfigError, ProductId>>> ids = new LinkedHashMap<>();
        entries.forEach((name, byBackend) -> byBackend.forEach((backend, entry) ->
                ids.computeIfAbsent(name, first -> new LinkedHashMap<>()).put(backend, entry.id())));
        return new ProductAliases(file, ids, canonical);
    }

    /**
     * Returns all errors in the ids of products on one backend. Two names for one product are an error, because it
     * would be ambiguous which one to show.
     *
     * @param canonical returns the canonical form of an id on this backend
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
            report(KEY, node, "contains a name that is not allowed: it must be " + NAME.description());
        }
        if (node instanceof ConfigNode.Section ids && !ids.entries().isEmpty()) {
            ids.entries().forEach((backend, id) -> id(name, backend, id));
        } else {
            // The name of an entry that is not clearly a product may be a part of a secret, so it is not shown.
            String problem = node instanceof ConfigNode.Other other
                    ? other.problem()
                    : "is not a section with an id for each backend that has it";
            report(KEY, node, "contains a product that " + problem);
        }
    }

    private void id(String name, String backend, ConfigNode node) {
        if (!backends.contains(backend)) {
            errorSink.accept(ConfigError.unknownKey(pathOf(name), node.line(), backend, shownBackends));
            return;
        }
        entries.computeIfAbsent(name, first -> new LinkedHashMap<>())
                .put(backend, new Entry(pathOf(name) + "." + backend, node));
    }

    /** Returns the path of a product. A name that may be a part of a secret is replaced. */
    static String pathOf(String name) {
        return KEY + "." + (SHOWN_NAME.check(name).isRight() ? name : ConfigurationReader.UNNAMED);
    }

    private void report(String path, ConfigNode node, String problem) {
        errorSink.accept(new ConfigError(path, node.line(), problem));
    }
}
