package io.otabridge.cli.command;

import io.otabridge.app.ConfigurationException;
import io.otabridge.app.InventoryRequest;
import io.otabridge.app.OtaBridge;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.option.FirmwareTargetOptions;
import io.otabridge.cli.option.NewestOptions;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.collection.List;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;

/** The options that filter firmware packages. Without them, all packages match. */
public final class FirmwareFilterOptions {

    @Mixin
    private ProductOption product = new ProductOption();

    @picocli.CommandLine.Option(
            names = "--firmware-version",
            paramLabel = "V",
            description = "Only packages of exactly this version.")
    private @Nullable FirmwareVersion version;

    @picocli.CommandLine.Option(names = "--verified", description = NewestOptions.VERIFIED)
    private boolean verified;

    @ArgGroup(exclusive = true)
    private @Nullable FirmwareTargetOptions target;

    /** The name or id of the product. */
    Option<String> product() {
        return product.value();
    }

    /** Returns the filter without the product. */
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
     * Returns the query for several backends, or for all configured backends if none is named.
     *
     * @throws CliException if the configuration has no such backend
     * @throws IllegalArgumentException if the configuration has no id of the product for a backend
     * @throws ConfigurationException with every error in the configuration of the named backends
     */
    InventoryRequest query(OtaBridge ota, List<String> backends) {
        backends.forEach(name -> OtaCommand.requireBackend(name, ota));
        String[] names = backends.toJavaArray(String[]::new);
        ota.backends(names);
        InventoryRequest query = InventoryRequest.all().backends(names).filter(filter());
        return product()
                .map(name -> {
                    // Without backend names, the backends that have an id of the product are queried.
                    boolean isAnywhere =
                            backends.isEmpty() && !ota.products().names().contains(name);
                    (isAnywhere ? ota.backendNames() : backends)
                            .forEach(backend -> ota.products().resolve(name, backend));
                    return query.product(name);
                })
                .getOrElse(query);
    }

    /**
     * Returns the filter for a change on one backend.
     *
     * @throws CliException if the product may be a mistyped name
     */
    public FirmwareFilter filterForChange(SelectedBackend selected) {
        return product()
                .map(name -> filter().product(selected.productToChange(name)))
                .getOrElse(filter());
    }

    /** Returns the filter for one backend. */
    public FirmwareFilter filter(SelectedBackend selected) {
        return product().map(name -> filter().product(selected.product(name))).getOrElse(filter());
    }
}
