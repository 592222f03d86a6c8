package io.otabridge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.core.region.Region;
import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.BatchTargetResult;
import com.huaweicloud.sdk.iotda.v5.model.BatchTargets;
import com.huaweicloud.sdk.iotda.v5.model.CreateBatchTask;
import com.huaweicloud.sdk.iotda.v5.model.CreateBatchTaskRequest;
import com.huaweicloud.sdk.iotda.v5.model.CreateBatchTaskResponse;
import com.huaweicloud.sdk.iotda.v5.model.DeleteBatchTaskRequest;
import com.huaweicloud.sdk.iotda.v5.model.ListBatchTasksRequest;
import com.huaweicloud.sdk.iotda.v5.model.ListDevicesRequest;
import com.huaweicloud.sdk.iotda.v5.model.QueryDeviceSimplify;
import com.huaweicloud.sdk.iotda.v5.model.RetryBatchTaskRequest;
import com.huaweicloud.sdk.iotda.v5.model.SearchDevice;
import com.huaweicloud.sdk.iotda.v5.model.SearchDevicesRequest;
import com.huaweicloud.sdk.iotda.v5.model.SearchSql;
import com.huaweicloud.sdk.iotda.v5.model.ShowBatchTaskRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowBatchTaskResponse;
import com.huaweicloud.sdk.iotda.v5.model.ShowDeviceRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowDeviceResponse;
import com.huaweicloud.sdk.iotda.v5.model.StopBatchTaskRequest;
import com.huaweicloud.sdk.iotda.v5.model.Task;
import com.huaweicloud.sdk.iotda.v5.model.TaskDetail;
import com.huaweicloud.sdk.iotda.v5.model.TaskPolicy;
import io.otabridge.simulators.fleet.Behavior;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.device.HuaweiDevice;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the device and batch task calls of the official SDK against the simulator. This version has no confirmation. */
class HuaweiSdkUpgradeTest {

    private static final String PRODUCT = "5ba24f5ebbe8f56f5a14f605";
    private static final List<String> TARGETS = List.of(PRODUCT + "_a", PRODUCT + "_b");

    private HuaweiSimulator simulator;
    private IoTDAClient client;

    @BeforeEach
    void start() {
        simulator = HuaweiSimulator.start();
        client = IoTDAClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(simulator.accessKey())
                        .withSk(simulator.secretKey())
                        .withProjectId(simulator.projectId()))
                .withRegion(new Region(simulator.region(), simulator.endpoint().toString()))
                .build();
        simulator.objectStore().put("ota-firmware", "new.bin", "new firmware".getBytes(StandardCharsets.UTF_8));
        simulator.addPackage(HuaweiPackage.builder("new", PRODUCT, "2.0")
                .obsLocation(new HuaweiPackage.ObsLocation(simulator.region(), "ota-firmware", "new.bin", null, null))
                .build());
        for (String node : List.of("a", "b")) {
            simulator.addDevice(HuaweiDevice.of(
                    PRODUCT,
                    node,
                    DeviceStatus.ONLINE,
                    Map.of(HuaweiDevice.FIRMWARE, "1.0", HuaweiDevice.SOFTWARE, "1.1", "MCU", "1.2")));
        }
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void shows_lists_and_searches_devices() {
        ShowDeviceResponse shown = client.showDevice(new ShowDeviceRequest().withDeviceId(TARGETS.get(0)));
        List<QueryDeviceSimplify> listed = client.listDevices(
                        new ListDevicesRequest().withProductId(PRODUCT).withLimit(50))
                .getDevices();
        List<SearchDevice> found = client.searchDevices(new SearchDevicesRequest()
                        .withBody(new SearchSql().withSql("select * from device where sw_version = '1.1'")))
                .getDevices();
        Long count = client.searchDevices(new SearchDevicesRequest()
                        .withBody(new SearchSql().withSql("select count(*) from device where fw_version = '1.0'")))
                .getCount();

        assertThat(shown.getFwVersion()).isEqualTo("1.0");
        assertThat(shown.getStatus()).isEqualTo("ONLINE");
        assertThat(shown.getCreateTime()).isEqualTo("20230301T080000Z");
        assertThat(listed).extracting(QueryDeviceSimplify::getDeviceId).containsAll(TARGETS);
        assertThat(found).extracting(SearchDevice::getDeviceId).containsExactlyInAnyOrderElementsOf(TARGETS);
        assertThat(count).isEqualTo(2);
    }

    @Test
    void runs_an_upgrade_with_a_retry_and_deletes_it() {
        simulator.findDevice(TARGETS.get(1)).get().device().behave(Behavior.STORAGE_FULL);
        String id = create(new CreateBatchTask().withTaskExtInfo(Map.of("note", "秋季")))
                .getTaskId();
        simulator.fleet().runUntilIdle();

        ShowBatchTaskResponse failed =
                show(new ShowBatchTaskRequest().withTaskId(id).withTaskDetailStatus("Fail"));
        assertThat(failed.getBatchtask().getStatus()).isEqualTo("PartialSuccess");
        assertThat(failed.getBatchtask().getTaskExtInfo()).isEqualTo(Map.of("note", "秋季"));
        assertThat(failed.getBatchtask().getTaskProgress().getSuccess()).isEqualTo(1);
        assertThat(failed.getTaskDetails())
                .containsExactly(new TaskDetail()
                        .withTarget(TARGETS.get(1))
                        .withStatus("Fail")
                        .withOutput("not enough storage"));
        assertThat(failed.getPage().getCount()).isEqualTo(1);

        simulator.findDevice(TARGETS.get(1)).get().device().behave(Behavior.SUCCESS);
        assertThat(client.retryBatchTask(new RetryBatchTaskRequest().withTaskId(id))
                        .getTargets())
                .containsExactly(
                        new BatchTargetResult().withTarget(TARGETS.get(1)).withStatus("success"));
        simulator.fleet().runUntilIdle();

        assertThat(show(new ShowBatchTaskRequest().withTaskId(id))
                        .getBatchtask()
                        .getStatus())
                .isEqualTo("Success");
        assertThat(client.listBatchTasks(new ListBatchTasksRequest()
                                .withTaskType("firmwareUpgrade")
                                .withStatus("Success"))
                        .getBatchtasks())
                .extracting(Task::getTaskId)
                .contains(id);
        assertThat(client.deleteBatchTask(new DeleteBatchTaskRequest().withTaskId(id))
                        .getHttpStatusCode())
                .isEqualTo(204);
    }

    @Test
    void stops_devices_and_receives_the_result_of_each() {
        String id = create(new CreateBatchTask()
                        .withTaskPolicy(new TaskPolicy().withRetryCount(2).withRetryInterval(10)))
                .getTaskId();
        simulator.fleet().advance(Duration.ofSeconds(3));

        List<BatchTargetResult> results = client.stopBatchTask(new StopBatchTaskRequest()
                        .withTaskId(id)
                        .withBody(new BatchTargets().withTargets(List.of(TARGETS.get(0), "other"))))
                .getTargets();
        List<BatchTargetResult> others = client.stopBatchTask(
                        new StopBatchTaskRequest().withTaskId(id).withBody(new BatchTargets()))
                .getTargets();

        assertThat(results)
                .containsExactly(
                        new BatchTargetResult().withTarget(TARGETS.get(0)).withStatus("success"),
                        new BatchTargetResult()
                                .withTarget("other")
                                .withStatus("failure")
                                .withErrorCode("IOTDA.014219")
                                .withErrorMsg("Invalid input. The target is not in the task"));
        assertThat(others).extracting(BatchTargetResult::getTarget).containsExactly(TARGETS.get(1));
        assertThat(show(new ShowBatchTaskRequest().withTaskId(id))
                        .getBatchtask()
                        .getStatus())
                .isEqualTo("Stopping");
    }

    @Test
    void accepts_the_package_in_a_list_as_newer_versions_send_it() {
        CreateBatchTaskResponse created =
                create(new CreateBatchTask().withDocument(Map.of("package_ids", List.of("new"))));

        assertThat(created.getHttpStatusCode()).isEqualTo(201);
        assertThat(created.getStatus()).isEqualTo("Initializing");
        assertThat(created.getTargets()).isEqualTo(TARGETS);
        assertThat(created.getDocument()).isEqualTo(Map.of("package_ids", List.of("new")));
    }

    @Test
    void receives_why_a_batch_task_is_rejected() {
        ClientRequestException failure = catchThrowableOfType(
                ClientRequestException.class, () -> create(new CreateBatchTask().withTaskName("has-hyphen")));

        assertThat(failure.getErrorCode()).isEqualTo("IOTDA.000006");
        assertThat(failure.getErrorMsg()).contains("task_name");
    }

    private CreateBatchTaskResponse create(CreateBatchTask body) {
        body.withTaskType("firmwareUpgrade").withTargets(TARGETS);
        if (body.getTaskName() == null) {
            body.withTaskName("升级_1");
        }
        if (body.getDocument() == null) {
            body.withDocument(Map.of("package_id", "new"));
        }
        return client.createBatchTask(new CreateBatchTaskRequest().withBody(body));
    }

    private ShowBatchTaskResponse show(ShowBatchTaskRequest request) {
        return client.showBatchTask(request);
    }
}
