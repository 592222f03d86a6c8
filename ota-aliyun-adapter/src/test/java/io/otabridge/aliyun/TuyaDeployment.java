package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.vavr.control.Option;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Hooks of all contracts in Tuya's dialect. */
abstract class TuyaDeployment implements ProxiedSimulator {

    private static final Pattern MEMBER = Pattern.compile("\"([A-Z])(\\w*\"\\s*:)");

    final AliyunSimulator simulator = AliyunSimulator.startTuya();
    private final WireMockExtension proxy;
    private final Backend backend;

    /** A backend whose requests pass the proxy of the test class. */
    TuyaDeployment(WireMockExtension proxy) {
        this.proxy = proxy;
        Map<String, Object> settings = Map.of(
                "endpoint",
                proxy.baseUrl(),
                "retries",
                1,
                "circuit-breaker",
                "off",
                "max-response-bytes",
                AliyunFailureStubs.MAX_BYTES,
                "credentials",
                Map.of("access-key", simulator.accessKey(), "secret-key", simulator.secretKey()));
        this.backend = new TuyaProvider()
                .open("deployment", SettingsReader.of("backends.deployment", settings), BackendContext.system())
                .get();
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public AliyunSimulator simulator() {
        return simulator;
    }

    @Override
    public WireMockExtension proxy() {
        return proxy;
    }

    public Option<FirmwareId> invalidFirmwareId() {
        return Option.some(AliyunFixture.ID);
    }

    @Override
    public MappingBuilder details() {
        return any(anyUrl()).withQueryParam("Action", equalTo("QueryOTAFirmware"));
    }

    @Override
    public MappingBuilder changes() {
        return actions("(Create|Update|Modify|Delete|Cancel|Confirm|Reupgrade).*");
    }

    /** Matches requests of these actions. */
    public MappingBuilder actions(String pattern) {
        return any(anyUrl()).withQueryParam("Action", matching(pattern));
    }

    @Override
    public UnaryOperator<String> spelling() {
        return body -> MEMBER.matcher(body)
                .replaceAll(member -> "\"" + member.group(1).toLowerCase(Locale.ROOT) + member.group(2));
    }
}
