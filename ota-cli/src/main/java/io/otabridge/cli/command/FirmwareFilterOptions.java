package io.otabridge.cli.command;

import io.otabridge.app.ConfigurationException;
import io.otabridge.app.InventoryQuery;
import io.otabridge.app.OtaBridge;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.cli.option.TargetOptions;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.collection.List;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;

/** The options that say which packages are meant, where all are meant without them. */
final class FirmwareFilterOptions {

    /** What {@code --verified} means. */
    static final String VERIFIED =
            "Only packages that verification does not hold back: those verified, those that need no"
                    + " verification, and all of a vendor that has none, such as Huawei.";

    @Mixin
    private ProductOption product = new ProductOption();

    @picocli.CommandLine.Option(
            names = "--firmware-version",
            paramLabel = "V",
            description = "Only of exactly this version.")
    private @Nullable FirmwareVersion version;

    @picocli.CommandLine.Option(names = "--verified", description = VERIFIED)
    private boolean verified;

    @ArgGroup(exclusive = true)
    private @Nullable TargetOptions target;

    /** The name or id of the product. */
    Option<String> product() {
        return product.value();
    }

    /** The filter without the product. */
    FirmwareFilter filter() {
        FirmwareFilter filter = FirmwareFilter.all();
        if (version != null) {
            filter = filter.version(version);
        }
        if (target != null) {
            filter = filter.target(target.toTarget());
        }
        return verified ? filter.verified() : filter;
    }

    /**
     * The question to several backends; to every one of the configuration if none is named.
     *
     * @throws IllegalArgumentException if the configuration has no such backend, or no such product there
     * @throws ConfigurationException with every error in the configuration of the named backends
     */
    InventoryQuery query(OtaBridge ota, List<String> backends) {
        String[] names = backends.toJavaArray(String[]::new);
        ota.backends(names);
        InventoryQuery query = InventoryQuery.all().backends(names).filter(filter());
        return product()
                .map(name -> {
                    // Without names of backends, those are asked that have the product.
                    boolean isAnywhere =
                            backends.isEmpty() && !ota.products().names().contains(name);
                    (isAnywhere ? ota.backendNames() : backends)
                            .forEach(backend -> ota.products().resolve(name, backend));
                    return query.product(name);
                })
                .getOrElse(query);
    }

    /** The filter for one backend. */
    FirmwareFilter filter(SelectedBackend chosen) {
        return product().map(name -> filter().product(chosen.product(name))).getOrElse(filter());
    }
}
