package io.otabridge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.iot.model.v20180120.CancelOTAStrategyByJobRequest;
import com.aliyuncs.iot.model.v20180120.CancelOTATaskByDeviceRequest;
import com.aliyuncs.iot.model.v20180120.CancelOTATaskByJobRequest;
import com.aliyuncs.iot.model.v20180120.ConfirmOTATaskRequest;
import com.aliyuncs.iot.model.v20180120.CreateOTADynamicUpgradeJobRequest;
import com.aliyuncs.iot.model.v20180120.CreateOTAStaticUpgradeJobRequest;
import com.aliyuncs.iot.model.v20180120.CreateOTAVerifyJobRequest;
import com.aliyuncs.iot.model.v20180120.GenerateDeviceNameListURLRequest;
import com.aliyuncs.iot.model.v20180120.ListOTAJobByDeviceRequest;
import com.aliyuncs.iot.model.v20180120.ListOTAJobByFirmwareRequest;
import com.aliyuncs.iot.model.v20180120.ListOTAModuleVersionsByDeviceRequest;
import com.aliyuncs.iot.model.v20180120.ListOTATaskByJobRequest;
import com.aliyuncs.iot.model.v20180120.ListOTATaskByJobResponse;
import com.aliyuncs.iot.model.v20180120.ListOTAUnfinishedTaskByDeviceRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceRequest;
import com.aliyuncs.iot.model.v20180120.QueryOTAJobRequest;
import com.aliyuncs.iot.model.v20180120.ReupgradeOTATaskRequest;
import com.aliyuncs.profile.DefaultProfile;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FleetDevice;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the calls of the official classic SDK for devices, jobs and tasks against the simulator. */
class AliyunClassicJobsTest {

    private static final String PRODUCT = AliyunSimulator.SHARED_PRODUCT;
    private static final String FIRMWARE = AliyunSimulator.SHARED_PRODUCT_FIRMWARE;
    private static final String DEVICE = "acceptance-1";

    private AliyunSimulator simulator;
    private DefaultAcsClient client;
    private SignatureVersion version;
    private FormatType format;

    @BeforeEach
    void start() {
        simulator = AliyunSimulator.start();
        client = new DefaultAcsClient(
                DefaultProfile.getProfile(simulator.region(), simulator.accessKey(), simulator.secretKey()));
        simulator
                .fleet()
                .add(new FleetDevice(PRODUCT, DEVICE, DeviceStatus.ONLINE, Map.of("MCU", "3.2.0", "default", "1.0.0")));
    }

    @AfterEach
    void stop() {
        client.shutdown();
        simulator.close();
    }

    static Stream<Arguments> forms() {
        return Stream.of(SignatureVersion.values())
                .flatMap(
                        signature -> Stream.of(FormatType.JSON, FormatType.XML).map(to -> Arguments.of(signature, to)));
    }

    private void use(SignatureVersion signature, FormatType to) {
        version = signature;
        format = to;
    }

    private <T extends AcsResponse> T send(RpcAcsRequest<T> request) throws ClientException {
        request.putQueryParameter("IotInstanceId", simulator.instanceId());
        request.setSysEndpoint(simulator.endpoint().getAuthority());
        request.setSysSignatureVersion(version);
        request.setSysAcceptFormat(format);
        return client.getAcsResponse(request);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void reads_devices_with_their_versions(SignatureVersion signature, FormatType to) throws ClientException {
        use(signature, to);
        QueryDeviceRequest devices = new QueryDeviceRequest();
        devices.setProductKey(PRODUCT);
        devices.setPageSize(50);
        ListOTAModuleVersionsByDeviceRequest versions = new ListOTAModuleVersionsByDeviceRequest();
        versions.setProductKey(PRODUCT);
        versions.setDeviceName(DEVICE);
        versions.setCurrentPage(1);
        versions.setPageSize(200);

        assertThat(send(devices).getTotal()).isEqualTo(4);
        assertThat(send(devices).getData().get(0)).satisfies(device -> {
            assertThat(device.getDeviceName()).isEqualTo(DEVICE);
            assertThat(device.getDeviceSecret()).hasSize(32);
            assertThat(device.getDeviceStatus()).isEqualTo("ONLINE");
            assertThat(device.getUtcCreate()).endsWith(".000Z");
        });
        assertThat(send(versions).getData())
                .extracting(found -> found.getModuleName() + " " + found.getModuleVersion())
                .containsExactly("MCU 3.2.0", "default 1.0.0");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void runs_a_static_job(SignatureVersion signature, FormatType to) throws ClientException {
        use(signature, to);
        CreateOTAStaticUpgradeJobRequest.Tag tag = new CreateOTAStaticUpgradeJobRequest.Tag();
        tag.setKey("ota.token");
        tag.setValue("t & <1>");
        CreateOTAStaticUpgradeJobRequest creation = new CreateOTAStaticUpgradeJobRequest();
        creation.setFirmwareId(FIRMWARE);
        creation.setProductKey(PRODUCT);
        creation.setTargetSelection("SPECIFIC");
        creation.setTargetDeviceNames(List.of(DEVICE));
        creation.setTags(List.of(tag));
        creation.setRetryInterval(10);
        creation.setRetryCount(2);
        creation.setTimeoutInMinutes(60);
        creation.setNeedConfirm(true);
        creation.setOverwriteMode(1);
        creation.setMaximumPerMinute(100);
        String job = send(creation).getData().getJobId();
        QueryOTAJobRequest query = new QueryOTAJobRequest();
        query.setJobId(job);

        assertThat(send(query).getData()).satisfies(found -> {
            assertThat(found.getJobStatus()).isEqualTo("IN_PROGRESS");
            assertThat(found.getTargetSelection()).isEqualTo("SPECIFIC");
            assertThat(found.getRetryCount()).isEqualTo(2);
            assertThat(found.getTimeoutInMinutes()).isEqualTo(60);
            assertThat(found.getNeedConfirm()).isTrue();
            assertThat(found.getTags()).singleElement().satisfies(read -> {
                assertThat(read.getKey()).isEqualTo("ota.token");
                assertThat(read.getValue()).isEqualTo("t & <1>");
            });
        });
        ConfirmOTATaskRequest confirmation = new ConfirmOTATaskRequest();
        confirmation.setTaskIds(List.of(task(job).getTaskId()));
        assertThat(task(job).getTaskStatus()).isEqualTo("CONFIRM");
        assertThat(unfinished()).isEqualTo(1);
        assertThat(send(confirmation).getSuccess()).isTrue();
        simulator.fleet().runUntilIdle();

        assertThat(task(job)).satisfies(found -> {
            assertThat(found.getTaskStatus()).isEqualTo("SUCCEEDED");
            assertThat(found.getProgress()).isEqualTo("100.00");
            assertThat(found.getTimeout()).isEqualTo("60");
            assertThat(found.getSrcVersion()).isEqualTo("3.2.0");
            assertThat(found.getDestVersion()).isEqualTo("3.2.1");
        });
        assertThat(unfinished()).isZero();
        assertThat(send(query).getData().getJobStatus()).isEqualTo("COMPLETED");
    }

    private ListOTATaskByJobResponse.SimpleOTATaskInfo task(String job) throws ClientException {
        ListOTATaskByJobRequest list = new ListOTATaskByJobRequest();
        list.setJobId(job);
        list.setDeviceNamess(List.of(DEVICE));
        return send(list).getData().get(0);
    }

    private int unfinished() throws ClientException {
        ListOTAUnfinishedTaskByDeviceRequest list = new ListOTAUnfinishedTaskByDeviceRequest();
        list.setProductKey(PRODUCT);
        list.setDeviceName(DEVICE);
        list.setModuleName("MCU");
        return send(list).getData().size();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void lists_jobs_and_cancels_and_repeats_tasks(SignatureVersion signature, FormatType to) throws ClientException {
        use(signature, to);
        simulator.fleet().disconnect(simulator.fleet().find(PRODUCT, DEVICE).get());
        CreateOTADynamicUpgradeJobRequest creation = new CreateOTADynamicUpgradeJobRequest();
        creation.setFirmwareId(FIRMWARE);
        creation.setProductKey(PRODUCT);
        creation.setSrcVersions(List.of("3.2.0"));
        creation.setDynamicMode(1);
        String job = send(creation).getData().getJobId();
        ListOTAJobByFirmwareRequest ofFirmware = new ListOTAJobByFirmwareRequest();
        ofFirmware.setFirmwareId(FIRMWARE);
        ofFirmware.setCurrentPage(1);
        ofFirmware.setPageSize(200);
        ListOTAJobByDeviceRequest ofDevice = new ListOTAJobByDeviceRequest();
        ofDevice.setFirmwareId(FIRMWARE);
        ofDevice.setProductKey(PRODUCT);
        ofDevice.setDeviceName(DEVICE);
        ofDevice.setCurrentPage(1);
        ofDevice.setPageSize(100);
        CancelOTATaskByJobRequest byJob = new CancelOTATaskByJobRequest();
        byJob.setJobId(job);
        byJob.setCancelQueuedTask(true);
        CancelOTATaskByDeviceRequest byDevice = new CancelOTATaskByDeviceRequest();
        byDevice.setFirmwareId(FIRMWARE);
        byDevice.setProductKey(PRODUCT);
        byDevice.setDeviceNames(List.of(DEVICE));
        CancelOTAStrategyByJobRequest strategy = new CancelOTAStrategyByJobRequest();
        strategy.setJobId(job);
        ReupgradeOTATaskRequest again = new ReupgradeOTATaskRequest();
        again.setJobId(job);
        again.setTaskIds(List.of(task(job).getTaskId()));

        assertThat(send(ofFirmware).getData().get(0).getSelectionType()).isEqualTo("DYNAMIC");
        assertThat(send(ofDevice).getData())
                .singleElement()
                .satisfies(found -> assertThat(found.getJobId()).isEqualTo(job));
        assertThat(send(byJob).getSuccess()).isTrue();
        assertThat(task(job).getTaskStatus()).isEqualTo("CANCELED");
        assertThat(send(byDevice).getCode()).isEqualTo("iot.firmware.DeviceUpgradeRecordNotFound");
        assertThat(send(again).getSuccess()).isTrue();
        assertThat(send(byDevice).getSuccess()).isTrue();
        assertThat(send(strategy).getSuccess()).isTrue();
        assertThat(send(strategy).getCode()).isEqualTo("iot.firmware.JobAlreadyCanceled");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void verifies_a_package_and_requests_an_upload_form(SignatureVersion signature, FormatType to)
            throws ClientException {
        use(signature, to);
        simulator.addFirmware(simulator
                .findFirmware(FIRMWARE)
                .map(found -> found.withVerification(0, 0))
                .get());
        CreateOTAVerifyJobRequest creation = new CreateOTAVerifyJobRequest();
        creation.setFirmwareId(FIRMWARE);
        creation.setProductKey(PRODUCT);
        creation.setTargetDeviceNames(List.of(DEVICE));

        assertThat(send(creation).getData().getJobId()).isNotEmpty();
        simulator.fleet().runUntilIdle();

        assertThat(simulator.findFirmware(FIRMWARE).get().status()).isEqualTo(1);
        assertThat(send(new GenerateDeviceNameListURLRequest()).getData()).satisfies(form -> {
            assertThat(form.getFileUrl()).endsWith(".csv");
            assertThat(form.getAccessKeyId()).isNotEmpty();
            assertThat(form.getKey()).endsWith(".csv");
        });
    }
}
