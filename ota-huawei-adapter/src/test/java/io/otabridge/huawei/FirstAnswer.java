package io.otabridge.huawei;

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
 * The first answer of a process takes long, the more so while several classes wait for theirs. This one may: every class
 * waits for it, and has only deadlines of its own from then on. JUnit finds it as a service.
 */
public final class FirstAnswer implements BeforeAllCallback {

    private static boolean isGiven;

    @Override
    public void beforeAll(ExtensionContext context) {
        give();
    }

    private static synchronized void give() {
        if (!isGiven) {
            WireMockServer server =
                    new WireMockServer(WireMockConfiguration.wireMockConfig().dynamicPort());
            server.start();
            server.stubFor(any(anyUrl()).willReturn(serverError()));
            Map<String, Object> settings = HuaweiFixture.settings(server.baseUrl());
            settings.put("timeout", "60s");
            try (Backend backend = HuaweiFixture.open(settings)) {
                backend.firmware().list(FirmwareFilter.all()).page(PageToken.FIRST);
            } finally {
                server.stop();
            }
            isGiven = true;
        }
    }
}
