package io.otabridge.huawei.config;

import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimits;
import io.otabridge.domain.Capability;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;

/**
 * The rate limits of an account on IoTDA, from the document "Product specifications": 200 calls per second in total for
 * the enterprise flavour of 1000 messages per second. That is the smallest published limit (the next flavour has 400);
 * none is published for the standard edition. Operations with a lower limit are counted separately.
 */
final class HuaweiRateLimits {

    static final RateLimits TABLE = RateLimits.shared("total", Rate.perSecond(200))
            .with("ShowDevice", Rate.perSecond(50))
            .with("SearchDevices", Rate.perSecond(1));

    /**
     * The operations of IoTDA that a call requests at least. Concurrent publications share the look-up of a module, so it
     * is not counted.
     */
    static final Map<Capability, List<String>> REQUESTS = HashMap.of(
            Capability.CREATE_MODULE, List.of("CreateOtaModule"),
            Capability.FIND_FIRMWARE, List.of("ShowOtaPackage"),
            Capability.DOWNLOAD_FIRMWARE, List.of("ShowOtaPackage"),
            Capability.PUBLISH_FIRMWARE,
                    List.of(
                            "ListOtaPackageInfo",
                            "CreateOtaPackage",
                            "ShowOtaPackage",
                            "ListOtaPackageInfo",
                            "ShowOtaPackage"));

    private HuaweiRateLimits() {}
}
