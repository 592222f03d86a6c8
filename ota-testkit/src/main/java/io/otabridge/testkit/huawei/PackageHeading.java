package io.otabridge.testkit.huawei;

import io.vavr.control.Option;
import java.util.Set;

/** What a list of packages is asked for: a type, and perhaps a product or a version or both. */
record PackageHeading(String type, Option<String> product, Option<String> version) {

    /** Every question that a package answers. */
    static Set<PackageHeading> all(HuaweiPackage kept) {
        Option<String> product = Option.some(kept.productId());
        Option<String> version = Option.some(kept.version());
        return Set.of(
                new PackageHeading(kept.packageType(), Option.none(), Option.none()),
                new PackageHeading(kept.packageType(), product, Option.none()),
                new PackageHeading(kept.packageType(), Option.none(), version),
                new PackageHeading(kept.packageType(), product, version));
    }
}
