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
 * What to call the products of an inventory: the configuration's name, which one product has on several backends, else the
 * vendor's name, else the canonical id. Where two products have one name, the id stands behind it.
 */
final class ProductLabels {

    /** Stands for the product of a package whose vendor did not say. */
    static final String NONE = "no product stated";

    private final ProductAliases configured;

    /** By canonical id. */
    private final Map<ProductId, String> labels;

    private final List<Namesakes> namesakes;

    private ProductLabels(ProductAliases configured, Map<ProductId, String> labels, List<Namesakes> namesakes) {
        this.configured = configured;
        this.labels = labels;
        this.namesakes = namesakes;
    }

    /**
     * Products of one name on several backends which may be one, but the configuration does not say so.
     *
     * @param ids the ids of this name on each backend; on a backend that the configuration gives an id, that one alone
     */
    record Namesakes(String name, Map<String, Set<ProductId>> ids) {}

    static ProductLabels of(Inventory inventory) {
        ProductAliases configured = inventory.products();
        Map<ProductId, String> names = new HashMap<>();
        for (BackendInventory backend : inventory.backends()) {
            for (Product product : backend.firmware().flatMap(FirmwareSummary::product)) {
                if (configured.name(backend.backend(), product.id()).isEmpty()) {
                    // A vendor may say the name in one answer and leave it out of another.
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
        List<Namesakes> namesakes = namesakes(inventory, names, shared);
        names.replaceAll((id, name) -> shared.contains(name) ? name + " (" + id + ")" : name);
        return new ProductLabels(configured, names, namesakes);
    }

    private static List<Namesakes> namesakes(Inventory inventory, Map<ProductId, String> names, Set<String> shared) {
        ProductAliases configured = inventory.products();
        Map<String, Map<String, Set<ProductId>>> found = new TreeMap<>();
        for (BackendInventory backend : inventory.backends()) {
            String here = backend.backend();
            for (ProductId id : backend.firmware()
                    .flatMap(FirmwareSummary::product)
                    .map(product -> configured.canonical(here, product.id()))) {
                String name = names.get(id);
                // Where the name has an id already, the configuration has said that this is another product.
                if (name != null
                        && shared.contains(name)
                        && configured.name(here, id).isEmpty()
                        && configured.id(name, here).isEmpty()) {
                    found.computeIfAbsent(name, key -> configuredIds(configured, key))
                            .computeIfAbsent(here, key -> new TreeSet<>(Comparator.comparing(ProductId::value)))
                            .add(id);
                }
            }
        }
        return List.ofAll(found.entrySet())
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> new Namesakes(entry.getKey(), entry.getValue()));
    }

    private static Map<String, Set<ProductId>> configuredIds(ProductAliases configured, String name) {
        Map<String, Set<ProductId>> ids = new LinkedHashMap<>();
        configured
                .backendsOf(name)
                .forEach(backend -> configured.id(name, backend).forEach(id -> ids.put(backend, Set.of(id))));
        return ids;
    }

    /** By name. */
    List<Namesakes> namesakes() {
        return namesakes;
    }

    String of(String backend, Option<Product> product) {
        return InventoryReportModel.shown(product.map(Product::id)
                .map(id -> configured.canonical(backend, id))
                .map(id -> configured.name(backend, id).getOrElse(() -> labels.getOrDefault(id, id.value())))
                .getOrElse(NONE));
    }
}
