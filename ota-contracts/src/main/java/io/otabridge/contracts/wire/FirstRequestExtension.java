package io.otabridge.contracts.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.page.PageToken;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The first request of a process is slow, especially while several test classes start. All classes wait for this first
 * request, so that their own deadlines hold afterwards. JUnit loads a subclass as a service.
 */
public abstract class FirstRequestExtension implements BeforeAllCallback {

    private boolean isWarm;

    /** Opens a backend with a deadline of a minute. */
    protected abstract Backend open(String endpoint);

    @Override
    public final synchronized void beforeAll(ExtensionContext context) {
        if (!isWarm) {
            WireMockServer server =
                    new WireMockServer(WireMockConfiguration.wireMockConfig().dynamicPort());
            server.start();
            server.stubFor(any(anyUrl()).willReturn(serverError()));
            try (Backend backend = open(server.baseUrl())) {
                backend.firmware().list(FirmwareFilter.all()).page(PageToken.FIRST);
            } finally {
                server.stop();
            }
            isWarm = true;
        }
    }
}
