package io.otabridge.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * A program that asks a vendor for a package.
 *
 * @param key its name in files
 * @param vendor whom it asks
 * @param role what it is compared as
 * @param words its name in the report
 * @param module its folder among the contenders
 * @param type its class
 */
record Contender(String key, Vendor vendor, Role role, String words, String module, String type) {

    /** Whom contenders ask, with the version that the {@link Server} names for them. */
    enum Vendor {
        HUAWEI("Huawei Cloud", "V2.0"),
        ALIYUN("Alibaba Cloud", "4.0.0");

        final String words;
        final String version;

        Vendor(String words, String version) {
            this.words = words;
            this.version = version;
        }
    }

    /** What a contender is compared as. */
    enum Role {
        FLOOR,
        OURS,
        PACED,
        SDK
    }

    static final List<Contender> ALL = List.of(
            of("huawei-bare", Vendor.HUAWEI, Role.FLOOR, "bare OkHttp + Jackson", "bare", "BareHuawei"),
            of("huawei-ota", Vendor.HUAWEI, Role.OURS, "OTA Bridge", "ota-bridge", "HuaweiBridge"),
            of("huawei-ota-paced", Vendor.HUAWEI, Role.PACED, "OTA Bridge, paced", "ota-bridge", "PacedHuaweiBridge"),
            of("huawei-sdk", Vendor.HUAWEI, Role.SDK, "Huawei SDK", "huawei-sdk", "HuaweiSdk"),
            of("aliyun-bare", Vendor.ALIYUN, Role.FLOOR, "bare OkHttp + Jackson", "bare", "BareAliyun"),
            of("aliyun-ota", Vendor.ALIYUN, Role.OURS, "OTA Bridge", "ota-bridge", "AliyunBridge"),
            of("aliyun-ota-paced", Vendor.ALIYUN, Role.PACED, "OTA Bridge, paced", "ota-bridge", "PacedAliyunBridge"),
            of("aliyun-classic", Vendor.ALIYUN, Role.SDK, "classic SDK", "aliyun-classic", "AliyunClassic"),
            of("aliyun-tea", Vendor.ALIYUN, Role.SDK, "Tea SDK", "aliyun-tea", "AliyunTea"),
            of("aliyun-async", Vendor.ALIYUN, Role.SDK, "async SDK", "aliyun-async", "AliyunAsync"));

    private static Contender of(String key, Vendor vendor, Role role, String words, String module, String type) {
        return new Contender(key, vendor, role, words, module, "io.otabridge.contender." + type);
    }

    /** The one of this vendor in a role that only one has. */
    static Contender the(Vendor vendor, Role role) {
        return of(vendor, role).get(0);
    }

    /** All of this vendor in a role. */
    static List<Contender> of(Vendor vendor, Role role) {
        return ALL.stream().filter(c -> c.vendor == vendor && c.role == role).toList();
    }

    /** The jar whose version is the contender's; absent for what is ours. */
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
