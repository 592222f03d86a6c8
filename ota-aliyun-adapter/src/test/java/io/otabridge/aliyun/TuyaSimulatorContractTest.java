package io.otabridge.aliyun;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.vavr.control.Option;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contracts against a stateful simulator of Tuya. */
class TuyaSimulatorContractTest implements TuyaDeployment, SimulatorContractHooks {

    @RegisterExtension
    static final WireMockExtension PROXY = ProxiedSimulator.newProxy();

    private final AliyunSimulator simulator = AliyunSimulator.startTuya();
    private final Backend backend = TuyaDeployment.open(simulator, PROXY);

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
        return PROXY;
    }

    @Override
    public Option<FirmwareId> invalidFirmwareId() {
        return Option.some(AliyunFixture.ID);
    }
}
