package io.otabridge.contender;

import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** QueryOTAFirmware with this library, without rate limiting. */
public class AliyunBridge implements UnaryOperator<String> {

    private final OtaBridge ota;

    public AliyunBridge(String endpoint) {
        this(endpoint, Map.of("pacing", "off"));
    }

    AliyunBridge(String endpoint, Map<String, ?> extraSettings) {
        Map<String, Object> settings = new HashMap<>(extraSettings);
        settings.put("endpoint", endpoint);
        settings.put("instance-id", "iot-cn-0pp1n8t");
        settings.put("credentials", Map.of("access-key", "AKBENCHMARK", "secret-key", "benchmark-secret"));
        this.ota = OtaBridge.of(
                OtaConfig.builder().backend("prod", "aliyun", settings).build());
    }

    @Override
    public String apply(String id) {
        Firmware found = ota.backend("prod").firmware().find(FirmwareId.of(id)).get();
        return found.version().value();
    }
}
