package io.otabridge.simulators.huawei.store;

import io.vavr.control.Option;
import java.util.Set;

/** The key of a list of packages: a type, and optionally a product, a version, or both. */
public record PackageIndexKey(String type, Option<String> product, Option<String> version) {

    /** Returns the keys of all lists that contain a package. */
    public static Set<PackageIndexKey> all(HuaweiPackage added) {
        Option<String> product = Option.some(added.productId());
        Option<String> version = Option.some(added.version());
        return Set.of(
                new PackageIndexKey(added.packageType(), Option.none(), Option.none()),
                new PackageIndexKey(added.packageType(), product, Option.none()),
                new PackageIndexKey(added.packageType(), Option.none(), version),
                new PackageIndexKey(added.packageType(), product, version));
    }
}
