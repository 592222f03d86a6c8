package io.otabridge.app;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.backend.SettingFault;
import io.otabridge.domain.backend.SettingNode;
import io.vavr.collection.List;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads {@code products:}, a section for each product with its id on each backend. For one thread, used once. */
final class ProductsSection {

    static final String KEY = "products";

    private static final TextRule NAME = TextRule.name("product name", 128);

    /** Other names may be a part of a secret, so they are not shown. */
    private static final TextRule SHOWN_NAME =
            TextRule.matching("product name", "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,63}", "a plain name");

    private final Set<String> backends;
    private final List<String> shownBackends;
    private final Map<String, UnaryOperator<ProductId>> canonical;
    private final Consumer<SettingFault> faults;
    private final Map<String, Map<String, ProductId>> idsByName = new LinkedHashMap<>();
    private final Map<String, Map<ProductId, String>> namesById = new HashMap<>();

    private ProductsSection(
            Set<String> backends,
            List<String> shownBackends,
            Map<String, UnaryOperator<ProductId>> canonical,
            Consumer<SettingFault> faults) {
        this.backends = backends;
        this.shownBackends = shownBackends;
        this.canonical = canonical;
        this.faults = faults;
    }

    /**
     * The names that the section gives.
     *
     * @param node the section; null if there is none
     * @param backends the names of all backends
     * @param shownBackends those of them that may be shown
     * @param canonical by the name of a backend, what makes its product ids comparable
     * @param faults takes what is wrong
     */
    static Products read(
            @Nullable SettingNode node,
            Set<String> backends,
            List<String> shownBackends,
            Map<String, UnaryOperator<ProductId>> canonical,
            Consumer<SettingFault> faults) {
        ProductsSection section = new ProductsSection(backends, shownBackends, canonical, faults);
        if (node instanceof SettingNode.Section products) {
            products.entries().forEach(section::product);
        } else if (node != null) {
            section.fault(KEY, node, "must be a section with a name for each product");
        }
        return section.products();
    }

    private Products products() {
        return new Products(idsByName, canonical);
    }

    private void product(String name, SettingNode node) {
        if (NAME.check(name).isLeft()) {
            fault(KEY, node, "holds a name that is not allowed: it must be " + NAME.words());
        }
        if (node instanceof SettingNode.Section ids && !ids.entries().isEmpty()) {
            ids.entries().forEach((backend, id) -> id(name, backend, id));
        } else {
            // What is not clearly a product may be a part of a secret, so its name is not shown.
            String problem = node instanceof SettingNode.Other other
                    ? other.problem()
                    : "is not a section with an id for each backend that has it";
            fault(KEY, node, "holds a product that " + problem);
        }
    }

    private void id(String name, String backend, SettingNode node) {
        if (!backends.contains(backend)) {
            faults.accept(SettingFault.unknownKey(pathOf(name), node.line(), backend, shownBackends));
            return;
        }
        String path = pathOf(name) + "." + backend;
        if (!(node instanceof SettingNode.Text text)) {
            fault(path, node, node instanceof SettingNode.Other other ? other.problem() : "must be the product's id");
            return;
        }
        ProductId.parse(text.resolved())
                .peekLeft(invalid -> fault(path, node, "must be " + invalid.rule()))
                .peek(id -> keep(path, name, backend, id, node));
    }

    /** Two names for one product would leave open what to call it. */
    private void keep(String path, String name, String backend, ProductId id, SettingNode node) {
        ProductId comparable =
                canonical.getOrDefault(backend, UnaryOperator.identity()).apply(id);
        String other =
                namesById.computeIfAbsent(backend, first -> new HashMap<>()).putIfAbsent(comparable, name);
        if (other == null) {
            idsByName.computeIfAbsent(name, first -> new LinkedHashMap<>()).put(backend, id);
        } else {
            fault(path, node, "is the same product as " + pathOf(other) + "." + backend);
        }
    }

    /** The path of a product, without its name if that may be a part of a secret. */
    static String pathOf(String name) {
        return KEY + "." + (SHOWN_NAME.check(name).isRight() ? name : Wiring.UNNAMED);
    }

    private void fault(String path, SettingNode node, String problem) {
        faults.accept(new SettingFault(path, node.line(), problem));
    }
}
