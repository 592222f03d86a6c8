package io.otabridge.contender;

import java.util.Map;

/** The same with the turns of a quota, which is so large that hardly anybody waits. */
public final class PacedAliyunBridge extends AliyunBridge {

    public PacedAliyunBridge(String endpoint) {
        super(endpoint, Map.of("quota", Map.of("QueryOTAFirmware", 99_999)));
    }
}
