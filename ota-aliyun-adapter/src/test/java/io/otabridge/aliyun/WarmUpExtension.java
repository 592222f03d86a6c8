package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.page.PageToken;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The first request of a process is slow, especially while several test classes start. All classes wait for this first
 * request, so that their own deadlines hold afterwards. JUnit loads it as a service.
 */
public final class WarmUpExtension implements BeforeAllCallback {

    private static boolean isWarm;

    @Override
    public void beforeAll(ExtensionContext context) {
        warmUp();
    }

    private static synchronized void warmUp() {
        if (!isWarm) {
            WireMockServer server =
                    new WireMockServer(WireMockConfiguration.wireMockConfig().dynamicPort());
            server.start();
            server.stubFor(any(anyUrl()).willReturn(serverError()));
            Map<String, Object> settings = AliyunFixture.settings(server.baseUrl());
            settings.put("timeout", "60s");
            try (Backend backend = AliyunFixture.open(settings)) {
                backend.firmware().list(FirmwareFilter.all()).page(PageToken.FIRST);
            } finally {
                server.stop();
            }
            isWarm = true;
        }
    }
}
