package io.otabridge.cli.report;

import io.otabridge.app.BackendInventory;
import io.otabridge.app.Inventory;
import io.otabridge.app.ProductAliases;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The labels of the products of an inventory: the name in the configuration, or the vendor's name, or the canonical id. If
 * two products have the same vendor's name, the id is appended.
 */
final class ProductLabels {

    /** The label of packages without a product. */
    static final String NONE = "no product stated";

    private final ProductAliases configured;

    /** By canonical id. */
    private final Map<ProductId, String> labels;

    private final List<DuplicateName> duplicateNames;

    private ProductLabels(
            ProductAliases configured, Map<ProductId, String> labels, List<DuplicateName> duplicateNames) {
        this.configured = configured;
        this.labels = labels;
        this.duplicateNames = duplicateNames;
    }

    /**
     * Products of the same name on several backends. They may be one product, but the configuration does not map them.
     *
     * @param ids the ids on each backend; if the configuration has an id for a backend, only that id
     */
    record DuplicateName(String name, Map<String, Set<ProductId>> ids) {}

    static ProductLabels of(Inventory inventory) {
        ProductAliases configured = inventory.products();
        Map<ProductId, String> names = new HashMap<>();
        for (BackendInventory backend : inventory.backends()) {
            for (Product product : backend.firmware().flatMap(FirmwareSummary::product)) {
                if (configured.name(backend.backend(), product.id()).isEmpty()) {
                    // A vendor may state the name in one entry and omit it in another.
                    product.name()
                            .forEach(name ->
                                    names.putIfAbsent(configured.canonical(backend.backend(), product.id()), name));
                }
            }
        }
        Set<String> taken = new HashSet<>(configured.names().asJava());
        taken.add(NONE);
        Set<String> shared = new HashSet<>();
        names.values().stream().filter(name -> !taken.add(name)).forEach(shared::add);
        List<DuplicateName> duplicateNames = duplicateNames(inventory, names, shared);
        names.replaceAll((id, name) -> shared.contains(name) ? name + " (" + id + ")" : name);
        return new ProductLabels(configured, names, duplicateNames);
    }

    private static List<DuplicateName> duplicateNames(
            Inventory inventory, Map<ProductId, String> names, Set<String> shared) {
        ProductAliases configured = inventory.products();
        Map<String, Map<String, Set<ProductId>>> found = new TreeMap<>();
        for (BackendInventory backend : inventory.backends()) {
            String backendName = backend.backend();
            for (ProductId id : backend.firmware()
                    .flatMap(FirmwareSummary::product)
                    .map(product -> configured.canonical(backendName, product.id()))) {
                String name = names.get(id);
                // If the configuration maps the name to an id of this backend, an other id is another product.
                if (name != null
                        && shared.contains(name)
                        && configured.name(backendName, id).isEmpty()
                        && configured.id(name, backendName).isEmpty()) {
                    found.computeIfAbsent(name, key -> configuredIds(configured, key))
                            .computeIfAbsent(backendName, key -> new TreeSet<>(Comparator.comparing(ProductId::value)))
                            .add(id);
                }
            }
        }
        return List.ofAll(found.entrySet())
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> new DuplicateName(entry.getKey(), entry.getValue()));
    }

    private static Map<String, Set<ProductId>> configuredIds(ProductAliases configured, String name) {
        Map<String, Set<ProductId>> ids = new LinkedHashMap<>();
        configured
                .backendsOf(name)
                .forEach(backend -> configured.id(name, backend).forEach(id -> ids.put(backend, Set.of(id))));
        return ids;
    }

    /** Returns the duplicate names, sorted by name. */
    List<DuplicateName> duplicateNames() {
        return duplicateNames;
    }

    String of(String backend, Option<Product> product) {
        return InventoryReportModel.escaped(product.map(Product::id)
                .map(id -> configured.canonical(backend, id))
                .map(id -> configured.name(backend, id).getOrElse(() -> labels.getOrDefault(id, id.value())))
                .getOrElse(NONE));
    }
}
