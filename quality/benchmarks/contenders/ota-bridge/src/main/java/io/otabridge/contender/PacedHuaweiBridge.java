package io.otabridge.contender;

import java.util.Map;

/** The same with the turns of a quota, which is so large that hardly anybody waits. */
public final class PacedHuaweiBridge extends HuaweiBridge {

    public PacedHuaweiBridge(String endpoint) {
        super(endpoint, Map.of("quota", Map.of("total", 99_999)));
    }
}
