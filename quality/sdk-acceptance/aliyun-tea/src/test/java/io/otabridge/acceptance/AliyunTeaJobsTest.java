package io.otabridge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.iot20180120.Client;
import com.aliyun.iot20180120.models.CancelOTAStrategyByJobRequest;
import com.aliyun.iot20180120.models.CancelOTATaskByDeviceRequest;
import com.aliyun.iot20180120.models.CancelOTATaskByJobRequest;
import com.aliyun.iot20180120.models.ConfirmOTATaskRequest;
import com.aliyun.iot20180120.models.CreateOTADynamicUpgradeJobRequest;
import com.aliyun.iot20180120.models.CreateOTAStaticUpgradeJobRequest;
import com.aliyun.iot20180120.models.CreateOTAStaticUpgradeJobRequest.CreateOTAStaticUpgradeJobRequestTag;
import com.aliyun.iot20180120.models.CreateOTAVerifyJobRequest;
import com.aliyun.iot20180120.models.GenerateDeviceNameListURLRequest;
import com.aliyun.iot20180120.models.ListOTAJobByDeviceRequest;
import com.aliyun.iot20180120.models.ListOTAJobByFirmwareRequest;
import com.aliyun.iot20180120.models.ListOTAModuleVersionsByDeviceRequest;
import com.aliyun.iot20180120.models.ListOTATaskByJobRequest;
import com.aliyun.iot20180120.models.ListOTATaskByJobResponseBody.ListOTATaskByJobResponseBodyDataSimpleOTATaskInfo;
import com.aliyun.iot20180120.models.ListOTAUnfinishedTaskByDeviceRequest;
import com.aliyun.iot20180120.models.QueryDeviceRequest;
import com.aliyun.iot20180120.models.QueryOTAJobRequest;
import com.aliyun.iot20180120.models.QueryOTAJobResponseBody.QueryOTAJobResponseBodyData;
import com.aliyun.iot20180120.models.ReupgradeOTATaskRequest;
import com.aliyun.teaopenapi.models.Config;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FleetDevice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the calls of the official Tea SDK for devices, jobs and tasks against the simulator. */
class AliyunTeaJobsTest {

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

    private Client client(AliyunTeaSdkTest.Signature signature) throws Exception {
        return new Client(new Config()
                .setProtocol("http")
                .setEndpoint(simulator.endpoint().getAuthority())
                .setRegionId(simulator.region())
                .setAccessKeyId(simulator.accessKey())
                .setAccessKeySecret(simulator.secretKey())
                .setSignatureAlgorithm(signature == AliyunTeaSdkTest.Signature.V1 ? "v2" : null));
    }

    @ParameterizedTest
    @EnumSource
    void runs_a_static_job_on_a_device(AliyunTeaSdkTest.Signature signature) throws Exception {
        Client client = client(signature);
        assertThat(client.queryDevice(new QueryDeviceRequest()
                                .setProductKey(PRODUCT)
                                .setPageSize(50)
                                .setIotInstanceId(instance))
                        .getBody()
                        .getData()
                        .getDeviceInfo()
                        .get(0)
                        .getDeviceName())
                .isEqualTo(DEVICE);
        String job = client.createOTAStaticUpgradeJob(new CreateOTAStaticUpgradeJobRequest()
                        .setFirmwareId(FIRMWARE)
                        .setProductKey(PRODUCT)
                        .setTargetSelection("SPECIFIC")
                        .setTargetDeviceName(List.of(DEVICE))
                        .setTag(List.of(new CreateOTAStaticUpgradeJobRequestTag()
                                .setKey("ota.token")
                                .setValue("t_1")))
                        .setNeedConfirm(true)
                        .setTimeoutInMinutes(60)
                        .setIotInstanceId(instance))
                .getBody()
                .getData()
                .getJobId();

        assertThat(job(client, job).getTags().getOtaTagDTO().get(0).getValue()).isEqualTo("t_1");
        assertThat(client.listOTAUnfinishedTaskByDevice(new ListOTAUnfinishedTaskByDeviceRequest()
                                .setProductKey(PRODUCT)
                                .setDeviceName(DEVICE)
                                .setIotInstanceId(instance))
                        .getBody()
                        .getData()
                        .getSimpleOTATaskInfo())
                .hasSize(1);
        assertThat(client.confirmOTATask(new ConfirmOTATaskRequest()
                                .setTaskId(List.of(task(client, job).getTaskId()))
                                .setIotInstanceId(instance))
                        .getBody()
                        .getSuccess())
                .isTrue();
        simulator.fleet().runUntilIdle();

        assertThat(task(client, job).getTaskStatus()).isEqualTo("SUCCEEDED");
        assertThat(task(client, job).getTimeout()).isEqualTo("60");
        assertThat(job(client, job).getJobStatus()).isEqualTo("COMPLETED");
        assertThat(client.listOTAModuleVersionsByDevice(new ListOTAModuleVersionsByDeviceRequest()
                                .setProductKey(PRODUCT)
                                .setDeviceName(DEVICE)
                                .setCurrentPage(1)
                                .setPageSize(200)
                                .setIotInstanceId(instance))
                        .getBody()
                        .getData()
                        .getSimpleOTAModuleInfo()
                        .get(0)
                        .getModuleVersion())
                .isEqualTo("3.2.1");
    }

    private QueryOTAJobResponseBodyData job(Client client, String job) throws Exception {
        return client.queryOTAJob(new QueryOTAJobRequest().setJobId(job).setIotInstanceId(instance))
                .getBody()
                .getData();
    }

    private ListOTATaskByJobResponseBodyDataSimpleOTATaskInfo task(Client client, String job) throws Exception {
        return client.listOTATaskByJob(new ListOTATaskByJobRequest()
                        .setJobId(job)
                        .setDeviceNames(List.of(DEVICE))
                        .setIotInstanceId(instance))
                .getBody()
                .getData()
                .getSimpleOTATaskInfo()
                .get(0);
    }

    @ParameterizedTest
    @EnumSource
    void cancels_and_repeats_the_tasks_of_a_dynamic_job(AliyunTeaSdkTest.Signature signature) throws Exception {
        Client client = client(signature);
        simulator.fleet().disconnect(simulator.fleet().find(PRODUCT, DEVICE).get());
        String job = client.createOTADynamicUpgradeJob(new CreateOTADynamicUpgradeJobRequest()
                        .setFirmwareId(FIRMWARE)
                        .setProductKey(PRODUCT)
                        .setSrcVersion(List.of("3.2.0"))
                        .setIotInstanceId(instance))
                .getBody()
                .getData()
                .getJobId();

        assertThat(client.listOTAJobByFirmware(new ListOTAJobByFirmwareRequest()
                                .setFirmwareId(FIRMWARE)
                                .setCurrentPage(1)
                                .setPageSize(200)
                                .setIotInstanceId(instance))
                        .getBody()
                        .getData()
                        .getSimpleOTAJobInfo()
                        .get(0)
                        .getJobId())
                .isEqualTo(job);
        assertThat(client.listOTAJobByDevice(new ListOTAJobByDeviceRequest()
                                .setFirmwareId(FIRMWARE)
                                .setProductKey(PRODUCT)
                                .setDeviceName(DEVICE)
                                .setCurrentPage(1)
                                .setPageSize(100)
                                .setIotInstanceId(instance))
                        .getBody()
                        .getTotal())
                .isEqualTo(1);
        assertThat(client.cancelOTATaskByJob(new CancelOTATaskByJobRequest()
                                .setJobId(job)
                                .setCancelQueuedTask(true)
                                .setIotInstanceId(instance))
                        .getBody()
                        .getSuccess())
                .isTrue();
        assertThat(client.reupgradeOTATask(new ReupgradeOTATaskRequest()
                                .setJobId(job)
                                .setTaskId(List.of(task(client, job).getTaskId()))
                                .setIotInstanceId(instance))
                        .getBody()
                        .getSuccess())
                .isTrue();
        assertThat(client.cancelOTATaskByDevice(new CancelOTATaskByDeviceRequest()
                                .setFirmwareId(FIRMWARE)
                                .setProductKey(PRODUCT)
                                .setDeviceName(List.of(DEVICE))
                                .setIotInstanceId(instance))
                        .getBody()
                        .getSuccess())
                .isTrue();
        assertThat(client.cancelOTAStrategyByJob(new CancelOTAStrategyByJobRequest()
                                .setJobId(job)
                                .setIotInstanceId(instance))
                        .getBody()
                        .getSuccess())
                .isTrue();
        assertThat(task(client, job).getTaskStatus()).isEqualTo("CANCELED");
        assertThat(job(client, job).getJobStatus()).isEqualTo("CANCELED");
    }

    @ParameterizedTest
    @EnumSource
    void requests_an_upload_form_and_is_refused_a_verification(AliyunTeaSdkTest.Signature signature) throws Exception {
        Client client = client(signature);

        assertThat(client.generateDeviceNameListURL(new GenerateDeviceNameListURLRequest().setIotInstanceId(instance))
                        .getBody()
                        .getData()
                        .getFileUrl())
                .endsWith(".csv");
        assertThat(client.createOTAVerifyJob(new CreateOTAVerifyJobRequest()
                                .setFirmwareId(FIRMWARE)
                                .setProductKey(PRODUCT)
                                .setTargetDeviceName(List.of(DEVICE))
                                .setIotInstanceId(instance))
                        .getBody()
                        .getCode())
                .isEqualTo("iot.firmware.VerifyFirmwareFailed");
    }
}
