package io.otabridge.cli;

import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;

/** The options that say which packages are meant, where all are meant without them. */
final class FirmwareSelection {

    /** What {@code --verified} means. */
    static final String VERIFIED =
            "Only what needs no verification (any more): verified, not required, or any package of"
                    + " a vendor that has no verification, such as Huawei.";

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
    private @Nullable Target target;

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

    /** The filter for one backend. */
    FirmwareFilter filter(Chosen chosen) {
        return product().map(name -> filter().product(chosen.product(name))).getOrElse(filter());
    }
}
