package io.otabridge.contender;

import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** ShowOtaPackage with this library, without rate limiting. */
public class HuaweiBridge implements UnaryOperator<String> {

    private final OtaBridge ota;

    public HuaweiBridge(String endpoint) {
        this(endpoint, Map.of("pacing", "off"));
    }

    HuaweiBridge(String endpoint, Map<String, ?> extraSettings) {
        Map<String, Object> settings = new HashMap<>(extraSettings);
        settings.put("endpoint", endpoint);
        settings.put("project-id", "04ed32dc1b0025b52fe3c01a27c2b0a8");
        settings.put("instance-id", "1a7ffc5c-d89c-44dd-8265-b1653d951ce0");
        settings.put("credentials", Map.of("access-key", "AKBENCHMARK", "secret-key", "benchmark-secret"));
        this.ota = OtaBridge.of(
                OtaConfig.builder().backend("prod", "huawei", settings).build());
    }

    @Override
    public String apply(String id) {
        Firmware found = ota.backend("prod").firmware().find(FirmwareId.of(id)).get();
        return found.version().value();
    }
}
