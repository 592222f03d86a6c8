package io.otabridge.simulators.huawei;

import io.vavr.control.Option;
import java.util.Set;

/** What a list of packages is asked for: a type, and perhaps a product or a version or both. */
record PackageIndexKey(String type, Option<String> product, Option<String> version) {

    /** Every question that a package answers. */
    static Set<PackageIndexKey> all(HuaweiPackage kept) {
        Option<String> product = Option.some(kept.productId());
        Option<String> version = Option.some(kept.version());
        return Set.of(
                new PackageIndexKey(kept.packageType(), Option.none(), Option.none()),
                new PackageIndexKey(kept.packageType(), product, Option.none()),
                new PackageIndexKey(kept.packageType(), Option.none(), version),
                new PackageIndexKey(kept.packageType(), product, version));
    }
}
