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

/** Hooks of all contracts: a simulator behind a proxy that injects failures. */
interface ProxiedSimulator extends BackendContract {

    /** The simulator; a new one for every test. */
    AliyunSimulator simulator();

    /** The proxy in front of the simulator. */
    WireMockExtension proxy();

    /** Matches the changes of this platform. */
    MappingBuilder changes();

    /** Matches requests for the details of a package. */
    MappingBuilder details();

    /** The spelling of field names on this platform. */
    default UnaryOperator<String> spelling() {
        return body -> body;
    }

    /** A proxy that keeps the signed host. */
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
    default void forwardAllRequests() {
        proxy().stubFor(any(anyUrl())
                .atPriority(10)
                .willReturn(aResponse().proxiedFrom(simulator().endpoint().toString())));
    }

    @AfterEach
    default void stop() {
        simulator().close();
    }

    @Override
    default void givenFailure(FailureScenario scenario) {
        AliyunFailureStubs.stub(proxy().getRuntimeInfo().getWireMock(), any(anyUrl()), scenario, spelling());
    }

    @Override
    default void givenFailureOnChanges(FailureScenario scenario) {
        AliyunFailureStubs.stub(proxy().getRuntimeInfo().getWireMock(), changes(), scenario, spelling());
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
