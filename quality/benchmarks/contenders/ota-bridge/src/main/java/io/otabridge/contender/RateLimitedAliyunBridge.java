package io.otabridge.contender;

import java.util.Map;

/** QueryOTAFirmware with this library and a rate limit that is too high to delay calls. */
public final class RateLimitedAliyunBridge extends AliyunBridge {

    public RateLimitedAliyunBridge(String endpoint) {
        super(endpoint, Map.of("quota", Map.of("QueryOTAFirmware", 99_999)));
    }
}
