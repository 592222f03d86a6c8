package io.otabridge.cli.render;

import io.otabridge.app.ProductAliases;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names of products in lists: the name in the configuration, or the vendor's name if no other product of the list has it, or
 * the id.
 */
public final class ProductNames {

    private final ProductAliases aliases;

    /** By canonical id. */
    private final Map<ProductId, String> vendorNames = new HashMap<>();

    private final Set<String> duplicates = new HashSet<>();

    private ProductNames(ProductAliases aliases) {
        this.aliases = aliases;
    }

    /** Collects the names of the products of these packages, by backend. */
    public static ProductNames of(ProductAliases aliases, Map<String, ? extends Seq<FirmwareSummary>> firmware) {
        ProductNames names = new ProductNames(aliases);
        firmware.forEach((backend, list) ->
                list.flatMap(FirmwareSummary::product).forEach(product -> names.add(backend, product)));
        Set<String> taken = new HashSet<>(aliases.names().asJava());
        names.vendorNames.values().stream().filter(name -> !taken.add(name)).forEach(names.duplicates::add);
        return names;
    }

    private void add(String backend, Product product) {
        if (aliases.name(backend, product.id()).isEmpty()) {
            product.name().forEach(name -> vendorNames.putIfAbsent(aliases.canonical(backend, product.id()), name));
        }
    }

    public String of(String backend, Option<Product> product) {
        return product.map(Product::id)
                .map(id -> aliases.name(backend, id).getOrElse(() -> vendorName(backend, id)))
                .getOrElse(ValueFormatter.ABSENT);
    }

    private String vendorName(String backend, ProductId id) {
        return Option.of(vendorNames.get(aliases.canonical(backend, id)))
                .filter(name -> !duplicates.contains(name))
                .getOrElse(id.value());
    }
}
