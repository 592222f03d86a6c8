package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Hooks of all contracts in Tuya's dialect. */
interface TuyaDeployment extends ProxiedSimulator {

    Pattern MEMBER = Pattern.compile("\"([A-Z])(\\w*\"\\s*:)");

    /** A backend whose requests pass the proxy. */
    static Backend open(AliyunSimulator simulator, WireMockExtension proxy) {
        return new TuyaProvider()
                .open(
                        "deployment",
                        SettingsReader.of(
                                "backends.deployment",
                                Map.of(
                                        "endpoint",
                                        proxy.baseUrl(),
                                        "retries",
                                        1,
                                        "circuit-breaker",
                                        "off",
                                        "max-response-bytes",
                                        AliyunFailureStubs.MAX_BYTES,
                                        "credentials",
                                        Map.of(
                                                "access-key", simulator.accessKey(),
                                                "secret-key", simulator.secretKey()))),
                        BackendContext.system())
                .get();
    }

    @Override
    default MappingBuilder details() {
        return any(anyUrl()).withQueryParam("Action", equalTo("QueryOTAFirmware"));
    }

    @Override
    default MappingBuilder changes() {
        return any(anyUrl()).withQueryParam("Action", matching("(Create|Update|Delete).*"));
    }

    @Override
    default UnaryOperator<String> spelling() {
        return body -> MEMBER.matcher(body)
                .replaceAll(member -> "\"" + member.group(1).toLowerCase(Locale.ROOT) + member.group(2));
    }
}
