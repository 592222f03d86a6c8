package io.otabridge.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * A program that requests a package from a vendor.
 *
 * @param key the name used in file names
 * @param vendor the vendor
 * @param role the role in the comparison
 * @param label the name in the report
 * @param module the folder below {@code contenders}
 * @param type the class name
 */
record Contender(String key, Vendor vendor, Role role, String label, String module, String type) {

    /** The vendors, with the version that the {@link Server} returns. */
    enum Vendor {
        HUAWEI("Huawei Cloud", "V2.0"),
        ALIYUN("Alibaba Cloud", "4.0.0");

        final String label;
        final String version;

        Vendor(String label, String version) {
            this.label = label;
            this.version = version;
        }
    }

    /** The role of a contender in the comparison. */
    enum Role {
        BASELINE,
        OURS,
        RATE_LIMITED,
        SDK
    }

    static final List<Contender> ALL = List.of(
            of("huawei-bare", Vendor.HUAWEI, Role.BASELINE, "bare OkHttp + Jackson", "bare", "BareHuawei"),
            of("huawei-ota", Vendor.HUAWEI, Role.OURS, "OTA Bridge", "ota-bridge", "HuaweiBridge"),
            of(
                    "huawei-ota-rate-limited",
                    Vendor.HUAWEI,
                    Role.RATE_LIMITED,
                    "OTA Bridge, rate-limited",
                    "ota-bridge",
                    "RateLimitedHuaweiBridge"),
            of("huawei-sdk", Vendor.HUAWEI, Role.SDK, "Huawei SDK", "huawei-sdk", "HuaweiSdk"),
            of("aliyun-bare", Vendor.ALIYUN, Role.BASELINE, "bare OkHttp + Jackson", "bare", "BareAliyun"),
            of("aliyun-ota", Vendor.ALIYUN, Role.OURS, "OTA Bridge", "ota-bridge", "AliyunBridge"),
            of(
                    "aliyun-ota-rate-limited",
                    Vendor.ALIYUN,
                    Role.RATE_LIMITED,
                    "OTA Bridge, rate-limited",
                    "ota-bridge",
                    "RateLimitedAliyunBridge"),
            of("aliyun-classic", Vendor.ALIYUN, Role.SDK, "classic SDK", "aliyun-classic", "AliyunClassic"),
            of("aliyun-tea", Vendor.ALIYUN, Role.SDK, "Tea SDK", "aliyun-tea", "AliyunTea"),
            of("aliyun-async", Vendor.ALIYUN, Role.SDK, "async SDK", "aliyun-async", "AliyunAsync"));

    private static Contender of(String key, Vendor vendor, Role role, String label, String module, String type) {
        return new Contender(key, vendor, role, label, module, "io.otabridge.contender." + type);
    }

    /** Returns the only contender of this vendor with this role. */
    static Contender the(Vendor vendor, Role role) {
        return of(vendor, role).get(0);
    }

    /** Returns all contenders of this vendor with this role. */
    static List<Contender> of(Vendor vendor, Role role) {
        return ALL.stream().filter(c -> c.vendor == vendor && c.role == role).toList();
    }

    /** Returns the artifact whose version identifies the contender; empty for programs of this project. */
    Optional<String> artifact() {
        return switch (key) {
            case "huawei-sdk" -> Optional.of("huaweicloud-sdk-iotda");
            case "aliyun-classic" -> Optional.of("aliyun-java-sdk-iot");
            case "aliyun-tea" -> Optional.of("iot20180120");
            case "aliyun-async" -> Optional.of("alibabacloud-iot20180120");
            default -> Optional.empty();
        };
    }
}
