package io.otabridge.jackson;

import static io.otabridge.jackson.JsonTypes.object;

import io.otabridge.domain.Product;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.ProductSummary;
import java.time.Instant;

/** The JSON of products, modules and device groups. */
final class ModuleJson {

    private ModuleJson() {}

    static void describe(JsonTypes types) {
        types.describe(Product.class, product -> object("id", product.id(), "name", product.name()));
        types.describe(
                VendorTimestamp.class,
                time -> object("at", time.instant().map(Instant::toString), "text", time.text()));
        types.describe(
                OtaModule.class,
                module -> object(
                        "id", module.id(),
                        "product", module.product(),
                        "name", module.name(),
                        "alias", module.alias(),
                        "description", module.description(),
                        "resourceSpace", module.resourceSpace(),
                        "created", module.created(),
                        "modified", module.modified()));
        types.describe(
                ProductSummary.class,
                summary -> object(
                        "id", summary.product().id(),
                        "name", summary.product().name(),
                        "deviceType", summary.deviceType(),
                        "deviceCount", summary.deviceCount(),
                        "description", summary.description(),
                        "resourceSpace", summary.resourceSpace(),
                        "created", summary.created()));
        types.describe(
                DeviceGroup.class,
                group -> object(
                        "id", group.id(),
                        "name", group.name(),
                        "parent", group.parent(),
                        "description", group.description(),
                        "created", group.created()));
        types.describe(
                ModuleRef.class,
                ref -> object(
                        "id", ref instanceof ModuleRef.ById byId ? byId.id() : null,
                        "product", ref instanceof ModuleRef.ByName byName ? byName.product() : null,
                        "name", ref instanceof ModuleRef.ByName byName ? byName.name() : null));
    }
}
