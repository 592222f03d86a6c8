package io.otabridge.contender;

import java.util.Map;

/** ShowOtaPackage with this library and a rate limit that is too high to delay calls. */
public final class RateLimitedHuaweiBridge extends HuaweiBridge {

    public RateLimitedHuaweiBridge(String endpoint) {
        super(endpoint, Map.of("quota", Map.of("total", 99_999)));
    }
}
