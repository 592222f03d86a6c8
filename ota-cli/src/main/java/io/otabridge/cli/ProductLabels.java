package io.otabridge.cli;

import io.otabridge.app.BackendInventory;
import io.otabridge.app.Inventory;
import io.otabridge.app.Products;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What to call the products of an inventory: the configuration's name, which one product has on several backends, else the
 * vendor's name, else the id. Where two products have one name, the id stands behind it.
 */
final class ProductLabels {

    /** Stands for the product of a package whose vendor did not say. */
    static final String NONE = "no product stated";

    private final Products configured;
    private final Map<ProductId, String> labels;

    private ProductLabels(Products configured, Map<ProductId, String> labels) {
        this.configured = configured;
        this.labels = labels;
    }

    static ProductLabels of(Inventory inventory) {
        Products configured = inventory.products();
        Map<ProductId, String> names = new HashMap<>();
        for (BackendInventory backend : inventory.backends()) {
            for (Product product : backend.firmware().flatMap(FirmwareSummary::product)) {
                if (configured.name(backend.backend(), product.id()).isEmpty()) {
                    // A vendor may say the name in one answer and leave it out of another.
                    product.name().forEach(name -> names.putIfAbsent(product.id(), name));
                }
            }
        }
        Set<String> taken = new HashSet<>(configured.names().asJava());
        taken.add(NONE);
        Set<String> shared = new HashSet<>();
        names.values().stream().filter(name -> !taken.add(name)).forEach(shared::add);
        names.replaceAll((id, name) -> shared.contains(name) ? name + " (" + id + ")" : name);
        return new ProductLabels(configured, names);
    }

    String of(String backend, Option<Product> product) {
        return InventoryData.shown(product.map(Product::id)
                .map(id -> configured.name(backend, id).getOrElse(() -> labels.getOrDefault(id, id.value())))
                .getOrElse(NONE));
    }
}
