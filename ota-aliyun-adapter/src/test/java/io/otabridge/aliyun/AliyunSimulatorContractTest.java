package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.contracts.DiagnosisContract;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.fleet.Behavior;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contracts against a stateful simulator of Alibaba Cloud. */
class AliyunSimulatorContractTest implements SimulatorContractHooks, DiagnosisContract {

    private static final int MAX_DEVICES = 201;

    @RegisterExtension
    static final WireMockExtension PROXY = ProxiedSimulator.newProxy();

    /** Links that are issued at the same time are equal. */
    private final AliyunSimulator simulator = AliyunSimulator.start(0, Clock.fixed(Instant.now(), ZoneOffset.UTC));

    private final Backend backend = new AliyunProvider()
            .open(
                    "legacy",
                    SettingsReader.of(
                            "backends.legacy",
                            Map.of(
                                    "endpoint",
                                    PROXY.baseUrl(),
                                    "pacing",
                                    "off",
                                    "max-devices-per-job",
                                    MAX_DEVICES,
                                    "instance-id",
                                    simulator.instanceId(),
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
    public MappingBuilder details() {
        return any(anyUrl()).withHeader("x-acs-action", equalTo("QueryOTAFirmware"));
    }

    @Override
    public MappingBuilder changes() {
        return actions("(Create|Update|Modify|Delete|Cancel|Confirm|Reupgrade).*");
    }

    @Override
    public MappingBuilder actions(String pattern) {
        return any(anyUrl()).withHeader("x-acs-action", matching(pattern));
    }

    @Override
    public List<String> vendorOperations() {
        return TUYA_OPERATIONS.appendAll(CLOUD_OPERATIONS);
    }

    @Override
    public int initialJobs() {
        return 3;
    }

    @Override
    public Option<Integer> maxDevicesOfJob() {
        return Option.some(MAX_DEVICES);
    }

    @Override
    public List<JobRequest> invalidJobs(FirmwareId firmware, DeviceId device) {
        return SimulatorContractHooks.super
                .invalidJobs(firmware, device)
                .appendAll(JobContractHooks.invalidCloudJobs(firmware, device));
    }

    @Override
    public List<JobRequest> invalidNewJobs(FirmwareId firmware, DeviceId device) {
        return List.of(upgrade(firmware, List.of(device)).start(Instant.EPOCH).build());
    }

    @Test
    void a_device_that_reports_an_old_version_again_has_several_tasks_in_a_continuous_job() {
        List<DeviceId> devices = addDevices(11);
        devices.forEach(id -> deviceAtVendor(id).behave(Behavior.REPORTS_OLD_VERSION));
        JobId job = backend.jobCommands()
                .create(JobRequest.upgrade(addFirmware("7.7.7", true), JobTargets.continuous())
                        .sourceVersion(FirmwareVersion.of("1.0.0"))
                        .build())
                .get()
                .jobs()
                .head()
                .id();
        letDevicesFinish();

        assertThat(backend.jobs().tasks(job, TaskFilter.all()).toList().get()).hasSize(110);
        assertThat(backend.jobs()
                        .tasks(job, TaskFilter.ofDevices(devices))
                        .toList()
                        .get())
                .as("more than one page holds")
                .hasSize(110);
        TaskFilter one = TaskFilter.ofDevices(devices.head());
        assertThat(backend.jobCommands().retry(job, one).get().accepted()).contains(10L);
        assertThat(backend.jobCommands().confirm(job, one).get().refused())
                .as("one for the device")
                .hasSize(1);
    }

    @Override
    public Option<FirmwareId> invalidFirmwareId() {
        return Option.none();
    }
}
