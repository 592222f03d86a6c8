package io.otabridge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.auth.credentials.Credential;
import com.aliyun.auth.credentials.provider.StaticCredentialProvider;
import com.aliyun.sdk.gateway.pop.Configuration;
import com.aliyun.sdk.gateway.pop.auth.SignatureVersion;
import com.aliyun.sdk.service.iot20180120.AsyncClient;
import com.aliyun.sdk.service.iot20180120.models.CancelOTATaskByJobRequest;
import com.aliyun.sdk.service.iot20180120.models.ConfirmOTATaskRequest;
import com.aliyun.sdk.service.iot20180120.models.CreateOTAStaticUpgradeJobRequest;
import com.aliyun.sdk.service.iot20180120.models.ListOTAJobByFirmwareRequest;
import com.aliyun.sdk.service.iot20180120.models.ListOTAModuleVersionsByDeviceRequest;
import com.aliyun.sdk.service.iot20180120.models.ListOTATaskByJobRequest;
import com.aliyun.sdk.service.iot20180120.models.ListOTATaskByJobResponseBody;
import com.aliyun.sdk.service.iot20180120.models.QueryDeviceRequest;
import com.aliyun.sdk.service.iot20180120.models.QueryOTAJobRequest;
import com.aliyun.sdk.service.iot20180120.models.QueryOTAJobResponseBody;
import com.aliyun.sdk.service.iot20180120.models.ReupgradeOTATaskRequest;
import darabonba.core.client.ClientOverrideConfiguration;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FleetDevice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the calls of the official asynchronous SDK for devices, jobs and tasks against the simulator. */
class AliyunAsyncJobsTest {

    private static final String PRODUCT = AliyunSimulator.SHARED_PRODUCT;
    private static final String FIRMWARE = AliyunSimulator.SHARED_PRODUCT_FIRMWARE;
    private static final String DEVICE = "acceptance-1";

    private AliyunSimulator simulator;
    private String instance;

    @BeforeEach
    void start() {
        simulator = AliyunSimulator.start();
        instance = simulator.instanceId();
        simulator.fleet().add(new FleetDevice(PRODUCT, DEVICE, DeviceStatus.ONLINE, Map.of("MCU", "3.2.0")));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private AsyncClient client(SignatureVersion version) {
        Credential credential = Credential.builder()
                .accessKeyId(simulator.accessKey())
                .accessKeySecret(simulator.secretKey())
                .build();
        return AsyncClient.builder()
                .region(simulator.region())
                .credentialsProvider(StaticCredentialProvider.create(credential))
                .serviceConfiguration(Configuration.create().setSignatureVersion(version))
                .overrideConfiguration(ClientOverrideConfiguration.create()
                        .setProtocol("HTTP")
                        .setEndpointOverride(simulator.endpoint().getAuthority()))
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void runs_and_repeats_a_static_job(SignatureVersion version) throws Exception {
        try (AsyncClient client = client(version)) {
            QueryDeviceRequest devices = QueryDeviceRequest.builder()
                    .productKey(PRODUCT)
                    .pageSize(50)
                    .iotInstanceId(instance)
                    .build();
            CreateOTAStaticUpgradeJobRequest creation = CreateOTAStaticUpgradeJobRequest.builder()
                    .firmwareId(FIRMWARE)
                    .productKey(PRODUCT)
                    .targetSelection("SPECIFIC")
                    .targetDeviceName(List.of(DEVICE))
                    .tag(List.of(CreateOTAStaticUpgradeJobRequest.Tag.builder()
                            .key("ota.token")
                            .value("t_1")
                            .build()))
                    .needConfirm(true)
                    .iotInstanceId(instance)
                    .build();

            assertThat(client.queryDevice(devices)
                            .get()
                            .getBody()
                            .getData()
                            .getDeviceInfo()
                            .get(0)
                            .getDeviceName())
                    .isEqualTo(DEVICE);
            String job = client.createOTAStaticUpgradeJob(creation)
                    .get()
                    .getBody()
                    .getData()
                    .getJobId();
            assertThat(job(client, job).getTags().getOtaTagDTO().get(0).getValue())
                    .isEqualTo("t_1");
            cancelAndRepeat(client, job);
            simulator.fleet().runUntilIdle();

            assertThat(task(client, job).getTaskStatus()).isEqualTo("SUCCEEDED");
            assertThat(job(client, job).getJobStatus()).isEqualTo("COMPLETED");
            assertThat(client.listOTAJobByFirmware(ListOTAJobByFirmwareRequest.builder()
                                    .firmwareId(FIRMWARE)
                                    .currentPage(1)
                                    .pageSize(200)
                                    .iotInstanceId(instance)
                                    .build())
                            .get()
                            .getBody()
                            .getData()
                            .getSimpleOTAJobInfo()
                            .get(0)
                            .getJobId())
                    .isEqualTo(job);
            assertThat(client.listOTAModuleVersionsByDevice(ListOTAModuleVersionsByDeviceRequest.builder()
                                    .productKey(PRODUCT)
                                    .deviceName(DEVICE)
                                    .currentPage(1)
                                    .pageSize(200)
                                    .iotInstanceId(instance)
                                    .build())
                            .get()
                            .getBody()
                            .getData()
                            .getSimpleOTAModuleInfo()
                            .get(0)
                            .getModuleVersion())
                    .isEqualTo("3.2.1");
        }
    }

    private void cancelAndRepeat(AsyncClient client, String job) throws Exception {
        String task = task(client, job).getTaskId();
        assertThat(client.cancelOTATaskByJob(CancelOTATaskByJobRequest.builder()
                                .jobId(job)
                                .cancelQueuedTask(true)
                                .iotInstanceId(instance)
                                .build())
                        .get()
                        .getBody()
                        .getSuccess())
                .isTrue();
        assertThat(client.confirmOTATask(ConfirmOTATaskRequest.builder()
                                .taskId(List.of(task))
                                .iotInstanceId(instance)
                                .build())
                        .get()
                        .getBody()
                        .getCode())
                .isEqualTo("iot.firmware.IncorrectDeviceUpgradeJobStatus");
        assertThat(client.reupgradeOTATask(ReupgradeOTATaskRequest.builder()
                                .jobId(job)
                                .taskId(List.of(task))
                                .iotInstanceId(instance)
                                .build())
                        .get()
                        .getBody()
                        .getSuccess())
                .isTrue();
    }

    private QueryOTAJobResponseBody.Data job(AsyncClient client, String job) throws Exception {
        return client.queryOTAJob(QueryOTAJobRequest.builder()
                        .jobId(job)
                        .iotInstanceId(instance)
                        .build())
                .get()
                .getBody()
                .getData();
    }

    private ListOTATaskByJobResponseBody.SimpleOTATaskInfo task(AsyncClient client, String job) throws Exception {
        return client.listOTATaskByJob(ListOTATaskByJobRequest.builder()
                        .jobId(job)
                        .currentPage(1)
                        .pageSize(100)
                        .iotInstanceId(instance)
                        .build())
                .get()
                .getBody()
                .getData()
                .getSimpleOTATaskInfo()
                .get(0);
    }
}
