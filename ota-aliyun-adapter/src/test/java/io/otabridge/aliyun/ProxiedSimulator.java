package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.contracts.BackendContract;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.wire.LostResponse;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The hooks that all contracts share, with a simulator behind a proxy, on which troubles are played. */
interface ProxiedSimulator extends BackendContract {

    /** What remembers; a new one for every test. */
    AliyunSimulator simulator();

    /** What stands in front of it. */
    WireMockExtension proxy();

    /** Requests that would change something, in the words of this platform. */
    MappingBuilder changes();

    /** Requests for the details of a package. */
    MappingBuilder details();

    /** How this platform spells the names of members. */
    default UnaryOperator<String> spelling() {
        return body -> body;
    }

    /** A proxy that leaves the host as it was signed. */
    static WireMockExtension newProxy() {
        return WireMockExtension.newInstance()
                .options(WireMockConfiguration.wireMockConfig()
                        .dynamicPort()
                        .containerThreads(64)
                        .preserveHostHeader(true)
                        .extensions(new LostResponse()))
                .build();
    }

    @BeforeEach
    default void passEverythingOn() {
        proxy().stubFor(any(anyUrl())
                .atPriority(10)
                .willReturn(aResponse().proxiedFrom(simulator().endpoint().toString())));
    }

    @AfterEach
    default void stop() {
        simulator().close();
    }

    @Override
    default void givenTrouble(FailureScenario trouble) {
        AliyunTroubles.stub(proxy().getRuntimeInfo().getWireMock(), any(anyUrl()), trouble, spelling());
    }

    @Override
    default void givenTroubleWithChanges(FailureScenario trouble) {
        AliyunTroubles.stub(proxy().getRuntimeInfo().getWireMock(), changes(), trouble, spelling());
    }

    @Override
    default int requestsSent() {
        return proxy().getAllServeEvents().size();
    }

    @Override
    default java.util.List<String> secrets() {
        return java.util.List.of(simulator().accessKey(), simulator().secretKey());
    }
}
