package io.otabridge.huawei.config;

import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimits;

/**
 * Calls a second that IoTDA allows an account, by "Product specifications": 200 in all for the enterprise flavour of 1000
 * messages a second, which is the smallest with a figure (the next has 400); of the standard edition none is published. What
 * is allowed less is counted by itself.
 */
final class HuaweiRateLimits {

    static final RateLimits TABLE = RateLimits.together("total", Rate.perSecond(200))
            .with("ShowDevice", Rate.perSecond(50))
            .with("SearchDevices", Rate.perSecond(1));

    private HuaweiRateLimits() {}
}
