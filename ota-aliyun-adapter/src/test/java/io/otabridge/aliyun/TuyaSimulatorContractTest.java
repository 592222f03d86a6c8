package io.otabridge.aliyun;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contracts against a stateful simulator of Tuya. */
class TuyaSimulatorContractTest extends TuyaDeployment implements SimulatorContractHooks {

    @RegisterExtension
    static final WireMockExtension PROXY = ProxiedSimulator.newProxy();

    TuyaSimulatorContractTest() {
        super(PROXY);
    }
}
