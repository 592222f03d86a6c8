package io.otabridge.aliyun;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.command.JobRequest;
import io.vavr.collection.List;
import io.vavr.control.Option;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contracts against a stateful simulator of Tuya. */
class TuyaSimulatorContractTest extends TuyaDeployment implements SimulatorContractHooks {

    @RegisterExtension
    static final WireMockExtension PROXY = ProxiedSimulator.newProxy();

    TuyaSimulatorContractTest() {
        super(PROXY);
    }

    /** Publishing needs the host of the deployment's object store; its operations are those of Alibaba Cloud. */
    @Override
    public List<String> vendorOperations() {
        return TUYA_OPERATIONS.removeAll(List.of("GenerateOTAUploadURL", "CreateOTAFirmware"));
    }

    @Override
    public int initialJobs() {
        return 1;
    }

    @Override
    public Option<Integer> maxDevicesOfJob() {
        return Option.some(200);
    }

    @Override
    public List<JobRequest> invalidJobs(FirmwareId firmware, DeviceId device) {
        return SimulatorContractHooks.super
                .invalidJobs(firmware, device)
                .append(JobContractHooks.fractionOfPercentage(firmware));
    }
}
