package io.otabridge.benchmarks;

import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.domain.firmware.FirmwareId;
import java.util.Map;
import java.util.function.UnaryOperator;

/** QueryOTAFirmware at a rate that all processes share which have the same Redis. */
public final class SharingBridge implements UnaryOperator<String> {

    /** The properties that say where Redis is, and how many calls a second are allowed. */
    static final String REDIS = "ota.benchmarks.redis";

    static final String LIMIT = "ota.benchmarks.limit";

    private final OtaBridge ota;

    public SharingBridge(String endpoint) {
        Map<String, Object> quota =
                Map.of("redis", System.getProperty(REDIS), "QueryOTAFirmware", System.getProperty(LIMIT));
        this.ota = OtaBridge.of(OtaConfig.builder()
                .backend(
                        "prod",
                        "aliyun",
                        Map.of(
                                "endpoint",
                                endpoint,
                                "credentials",
                                Map.of("access-key", "AKBENCHMARK", "secret-key", "benchmark-secret"),
                                "quota",
                                quota))
                .build());
    }

    @Override
    public String apply(String id) {
        return ota.backend("prod")
                .firmware()
                .find(FirmwareId.of(id))
                .get()
                .version()
                .value();
    }
}
