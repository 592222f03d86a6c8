package io.otabridge.app;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.backend.SettingFault;
import io.otabridge.domain.backend.SettingNode;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads {@code products:}, a section for each product with its id on each backend. For one thread, used once. */
final class ProductsSection {

    static final String KEY = "products";

    private static final TextRule NAME = TextRule.matching(
            "product name",
            "[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}",
            "1 to 64 letters, digits, dots, hyphens and underscores, starting with a letter or digit");

    private final Set<String> backends;
    private final Map<String, UnaryOperator<ProductId>> canonical;
    private final Consumer<SettingFault> faults;
    private final Map<String, Map<String, ProductId>> idsByName = new LinkedHashMap<>();

    private ProductsSection(
            Set<String> backends, Map<String, UnaryOperator<ProductId>> canonical, Consumer<SettingFault> faults) {
        this.backends = backends;
        this.canonical = canonical;
        this.faults = faults;
    }

    /**
     * The names that the section gives.
     *
     * @param node the section; null if there is none
     * @param backends the names of all backends
     * @param canonical by the name of a backend, what makes its product ids comparable
     * @param faults takes what is wrong
     */
    static Products read(
            @Nullable SettingNode node,
            Set<String> backends,
            Map<String, UnaryOperator<ProductId>> canonical,
            Consumer<SettingFault> faults) {
        ProductsSection section = new ProductsSection(backends, canonical, faults);
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
        String path = KEY + "." + name;
        NAME.check(name).peekLeft(invalid -> fault(path, node, "is no name for a product: it must be " + NAME.words()));
        if (node instanceof SettingNode.Section ids && !ids.entries().isEmpty()) {
            ids.entries().forEach((backend, id) -> id(name, backend, id));
        } else {
            fault(path, node, "must be a section with the product's id on each backend that has it");
        }
    }

    private void id(String name, String backend, SettingNode node) {
        String path = KEY + "." + name + "." + backend;
        if (!backends.contains(backend)) {
            fault(path, node, "is not one of the backends: " + String.join(", ", backends));
            return;
        }
        if (!(node instanceof SettingNode.Text text)) {
            fault(path, node, "must be the product's id on this backend");
            return;
        }
        ProductId.parse(text.resolved())
                .peekLeft(invalid -> fault(path, node, "must be " + invalid.rule()))
                .peek(id -> keep(path, name, backend, id, node));
    }

    /** Two names for one product would leave open what to call it. */
    private void keep(String path, String name, String backend, ProductId id, SettingNode node) {
        Option<String> other = products().name(backend, id);
        other.peek(taken -> fault(path, node, "is the same product as " + KEY + "." + taken + "." + backend))
                .onEmpty(() -> idsByName
                        .computeIfAbsent(name, first -> new LinkedHashMap<>())
                        .put(backend, id));
    }

    private void fault(String path, SettingNode node, String problem) {
        faults.accept(new SettingFault(path, node.line(), problem));
    }
}
