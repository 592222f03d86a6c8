package io.otabridge.aliyun;

import io.otabridge.contracts.wire.FirstRequestExtension;
import io.otabridge.domain.backend.Backend;
import java.util.Map;

/** JUnit loads it as a service. */
public final class WarmUpExtension extends FirstRequestExtension {

    @Override
    protected Backend open(String endpoint) {
        Map<String, Object> settings = AliyunFixture.settings(endpoint);
        settings.put("timeout", "60s");
        return AliyunFixture.open(settings);
    }
}
