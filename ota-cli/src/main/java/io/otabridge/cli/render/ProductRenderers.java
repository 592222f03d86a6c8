package io.otabridge.cli.render;

import static io.otabridge.cli.render.CsvWriter.cell;
import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.product.ProductSummary;
import io.vavr.collection.List;

/** Writes products. Values in CSV are the same as in JSON. */
public final class ProductRenderers {

    private ProductRenderers() {}

    /** Returns the renderers of a list. */
    public static ResultRenderers<List<ProductSummary>> list(ValueFormatter formatter) {
        return new ResultRenderers<List<ProductSummary>>(
                        (backend, products) -> table(products, formatter),
                        (backend, products) -> JsonOutput.of(backend, "products", products),
                        ProductRenderers::csv)
                .withIds(products -> products.map(found -> found.product().id()));
    }

    private static String table(List<ProductSummary> products, ValueFormatter formatter) {
        if (products.isEmpty()) {
            return "No products found\n";
        }
        Table table = Table.of(
                Column.text("NAME"),
                Column.required("PRODUCT ID"),
                Column.optional(2, "DEVICE TYPE"),
                Column.optional(3, "DEVICES"),
                Column.optional(1, "CREATED"));
        products.forEach(found -> table.row(java.util.List.of(
                Cell.of(orAbsent(found.product().name())),
                Cell.of(found.product().id().value()),
                Cell.of(orAbsent(found.deviceType())),
                Cell.of(orAbsent(found.deviceCount())),
                formatter.timeInList(found.created()))));
        return table.fit(formatter.width());
    }

    private static CsvWriter csv(Backend backend, List<ProductSummary> products) {
        CsvWriter csv = CsvWriter.of(java.util.List.of(
                "backend",
                "vendor",
                "id",
                "name",
                "device_type",
                "device_count",
                "description",
                "resource_space",
                "created"));
        products.forEach(found -> csv.row(java.util.List.of(
                backend.name(),
                backend.vendor().name(),
                found.product().id().value(),
                cell(found.product().name()),
                cell(found.deviceType()),
                cell(found.deviceCount()),
                cell(found.description()),
                cell(found.resourceSpace()),
                FirmwareCsv.time(found.created()))));
        return csv;
    }
}
