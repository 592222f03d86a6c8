package io.otabridge.simulators.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.fleet.Behavior;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.huawei.HuaweiClient.Reply;
import io.otabridge.simulators.huawei.HuaweiSimulator.DocumentForm;
import io.otabridge.simulators.huawei.device.HuaweiDevice;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.objectstore.GeneratedFile;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batch tasks upgrade simulated devices, in virtual time. */
class HuaweiJobTest {

    private static final String PRODUCT = "5ba24f5ebbe8f56f5a14f605";
    private static final GeneratedFile IMAGE = new GeneratedFile("job test", 4_000);

    private final HuaweiSimulator simulator = HuaweiSimulator.start();
    private final HuaweiClient client = new HuaweiClient(simulator);

    @BeforeEach
    void addPackagesAndDevices() {
        simulator.objectStore().put(simulator.objectStore().bucket(), "job.bin", IMAGE.content());
        simulator.addPackage(upgrade("fw2").build());
        for (String node : List.of("a", "b", "c")) {
            simulator.addDevice(HuaweiDevice.of(
                    PRODUCT, node, DeviceStatus.ONLINE, Map.of(HuaweiDevice.FIRMWARE, "1.0", "MCU", "1.0")));
        }
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void upgrades_all_targets_and_counts_them() throws Exception {
        Reply created = create("");
        String id = created.body().path("task_id").asText();

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().path("status").asText()).isEqualTo("Initializing");
        assertThat(created.body().path("task_progress").path("total").asInt()).isEqualTo(3);
        simulator.fleet().advance(Duration.ofSeconds(5));
        assertThat(progress(id)).isEqualTo("Processing processing=3");
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("Success success=3");
        assertThat(device("a").firmwareVersion()).contains("2.0");
        assertThat(show(id, "").path("task_details").get(0).toString())
                .isEqualTo("{\"target\":\"" + device("c").id() + "\",\"status\":\"Success\",\"output\":\"success\"}");
    }

    @Test
    void a_device_that_reports_the_version_already_has_succeeded_without_a_download() throws Exception {
        simulator.addPackage(upgrade("fw1").build());
        simulator.addPackage(HuaweiPackage.builder("same", PRODUCT, "1.0").build());

        String id = id(create("\"document\":{\"package_id\":\"same\"},"));
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("Success success=3");
        assertThat(simulator.objectStore().requestCount()).isZero();
    }

    @Test
    void a_version_that_the_package_does_not_support_fails() throws Exception {
        simulator.addPackage(
                upgrade("fw3").supportSourceVersions(List.of("1.5")).build());

        String id = id(create("\"document\":{\"package_id\":\"fw3\"},"));
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("Fail fail=3");
        assertThat(detail(id, "a").path("error").path("error_code").asText()).isEqualTo("IOTDA.005005");
    }

    @ParameterizedTest
    @CsvSource({
        "DOWNLOAD_FAILS,connection lost during download",
        "DAMAGED,integrity check failure",
        "INSTALLATION_FAILS,firmware update failed",
        "STORAGE_FULL,not enough storage",
        "MEMORY_FULL,out of memory",
        "UNSUPPORTED_PACKAGE,unsupported package type",
        "BATTERY_LOW,'result_code: 4, description: the battery is low'",
        "REPORTS_OLD_VERSION,updating timeout and query device version for check timeout",
        "DIES,wait for the device to report upgrade result timeout",
        "SILENT,waiting for report device firmware version timeout"
    })
    void a_failure_is_in_the_output_of_its_device(Behavior behavior, String output) throws Exception {
        device("b").device().behave(behavior);

        String id = id(create(""));
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("PartialSuccess success=2 fail=1");
        assertThat(detail(id, "b").path("status").asText()).isEqualTo("Fail");
        assertThat(detail(id, "b").path("output").asText()).isEqualTo(output);
    }

    @Test
    void an_offline_device_waits_for_a_day_and_is_upgraded_when_it_connects_before() throws Exception {
        simulator.fleet().disconnect(device("a").device());
        simulator
                .fleet()
                .disconnectUntil(
                        device("b").device(), simulator.fleet().time().now().plus(Duration.ofHours(3)));

        String id = id(create(""));
        simulator.fleet().advance(Duration.ofHours(2));
        assertThat(progress(id)).isEqualTo("Processing success=1 waitting=2");
        simulator.fleet().advance(Duration.ofHours(2));
        assertThat(progress(id)).isEqualTo("Processing success=2 waitting=1");
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("PartialSuccess success=2 fail=1");
        assertThat(detail(id, "a").path("output").asText()).isEqualTo("waiting for the device online timeout");
    }

    @Test
    void a_device_has_half_an_hour_from_its_last_report() throws Exception {
        String id = id(create("\"targets\":[\"" + device("a").id() + "\"],"));
        for (int interruption = 0; interruption < 2; interruption++) {
            simulator.fleet().advance(Duration.ofSeconds(6));
            simulator.fleet().disconnect(device("a").device());
            simulator.fleet().advance(Duration.ofMinutes(25));
            simulator.fleet().connect(device("a").device());
        }
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("Success success=1");
    }

    @Test
    void a_device_takes_part_in_one_started_batch_task_at_a_time() throws Exception {
        String first = id(create(""));
        String second = id(create("\"targets\":[\"" + device("a").id() + "\"],"));

        simulator.fleet().runUntilIdle();

        assertThat(progress(first)).isEqualTo("Success success=3");
        assertThat(progress(second)).isEqualTo("Fail fail=1");
        assertThat(detail(second, "a").path("output").asText()).isEqualTo("task conflict");
    }

    @Test
    void a_scheduled_batch_task_waits_until_its_time() throws Exception {
        String start =
                HuaweiJobResponses.TIME.format(simulator.fleet().time().now().plus(Duration.ofHours(6)));

        String id = id(create("\"task_policy\":{\"schedule_time\":\"" + start + "\"},"));
        simulator.fleet().advance(Duration.ofHours(5));
        assertThat(progress(id)).isEqualTo("Waitting waitting=3");
        simulator.fleet().advance(Duration.ofHours(2));

        assertThat(progress(id)).isEqualTo("Success success=3");
    }

    @Test
    void a_confirmed_device_waits_until_the_scheduled_time() throws Exception {
        String start =
                HuaweiJobResponses.TIME.format(simulator.fleet().time().now().plus(Duration.ofHours(6)));

        String id = id(create("\"need_confirm\":true,\"task_policy\":{\"schedule_time\":\"" + start + "\"},"));
        simulator.fleet().advance(Duration.ofHours(1));
        assertThat(change(id, "confirm", "a")).isEqualTo("a:success");
        simulator.fleet().advance(Duration.ofHours(1));
        assertThat(progress(id)).isEqualTo("Waitting waitting=3");
        simulator.fleet().advance(Duration.ofHours(5));

        assertThat(progress(id)).isEqualTo("Processing success=1 waitting=2");
    }

    @Test
    void failed_devices_wait_for_their_retries_and_fail_at_last() throws Exception {
        device("a").device().behave(Behavior.BATTERY_LOW);
        device("b").device().behave(Behavior.BATTERY_LOW);

        String id = id(create("\"task_policy\":{\"retry_count\":2,\"retry_interval\":60},"));
        simulator.fleet().advance(Duration.ofMinutes(30));
        assertThat(progress(id)).isEqualTo("Processing success=1 fail_wait_retry=2");
        device("b").device().behave(Behavior.SUCCESS);
        simulator.fleet().advance(Duration.ofMinutes(60));
        assertThat(progress(id)).isEqualTo("Processing success=2 fail_wait_retry=1");
        simulator.fleet().advance(Duration.ofMinutes(60));

        assertThat(progress(id)).isEqualTo("PartialSuccess success=2 fail=1");
    }

    @Test
    void tasks_wait_for_their_confirmation() throws Exception {
        String id = id(create("\"need_confirm\":true,"));
        simulator.fleet().advance(Duration.ofHours(1));
        assertThat(progress(id)).isEqualTo("Waitting waitting=3");

        assertThat(change(id, "confirm", "a")).isEqualTo("a:success");
        simulator.fleet().advance(Duration.ofMinutes(5));
        assertThat(progress(id)).isEqualTo("Processing success=1 waitting=2");
        assertThat(change(id, "confirm", "a", "x")).isEqualTo("a:IOTDA.014220 x:IOTDA.014219");
        assertThat(change(id, "confirm")).isEqualTo("b:success c:success");
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("Success success=3");
    }

    @Test
    void stopping_a_batch_task_stops_what_has_not_ended_but_no_device() throws Exception {
        simulator.fleet().disconnect(device("a").device());
        String id = id(create(""));
        simulator.fleet().advance(Duration.ofSeconds(5));

        assertThat(change(id, "stop")).isEqualTo("a:success b:success c:success");
        assertThat(progress(id)).isEqualTo("Stopping stopped=3");
        assertThat(send("POST", id + "/stop", "{}").errorCode()).isEqualTo(HuaweiError.WRONG_JOB_STATUS);
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("Stopped stopped=3");
        assertThat(device("a").firmwareVersion()).contains("1.0");
        assertThat(device("b").firmwareVersion()).contains("2.0");
        assertThat(send("POST", id + "/retry", "{}").status()).isEqualTo(403);
    }

    @Test
    void stopping_some_devices_leaves_the_others_alone_and_they_can_be_retried() throws Exception {
        device("b").device().behave(Behavior.STORAGE_FULL);
        String id = id(create(""));

        assertThat(change(id, "stop", "a", "x")).isEqualTo("a:success x:IOTDA.014219");
        simulator.fleet().runUntilIdle();
        assertThat(progress(id)).isEqualTo("PartialSuccess success=1 fail=1 stopped=1");
        assertThat(send("POST", id + "/stop", "{}").errorCode()).isEqualTo(HuaweiError.WRONG_JOB_STATUS);
        device("b").device().behave(Behavior.SUCCESS);
        assertThat(change(id, "retry", "c")).isEqualTo("c:IOTDA.014220");
        assertThat(change(id, "retry")).isEqualTo("a:success b:success");
        assertThat(progress(id)).isEqualTo("Processing processing=2 success=1");
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("Success success=3");
    }

    @Test
    void a_device_that_is_upgraded_while_its_task_is_stopped_makes_no_difference_to_the_task() throws Exception {
        String id = id(create(""));
        simulator.beforeNextTaskChange(simulator.fleet()::runUntilIdle);

        assertThat(send("POST", id + "/stop", "{}").errorCode()).isEqualTo(HuaweiError.WRONG_JOB_STATUS);

        assertThat(progress(id)).isEqualTo("Success success=3");
    }

    @Test
    void an_empty_body_acts_on_all_devices() throws Exception {
        String id = id(create(""));

        assertThat(send("POST", id + "/stop", "").body().path("targets")).hasSize(3);
    }

    @Test
    void module_upgrades_can_be_stopped_only_where_the_platform_supports_it() throws Exception {
        simulator.addPackage(upgrade("mcu").moduleName("MCU").build());
        String id = id(create("\"task_type\":\"moduleUpgrade\",\"document\":{\"package_ids\":[\"mcu\"]},"));

        assertThat(send("POST", id + "/stop", "{}").errorCode()).isEqualTo("IOTDA.000006");
        simulator.stopModuleUpgrades(true);
        assertThat(change(id, "stop", "a")).isEqualTo("a:success");
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("PartialSuccess success=2 stopped=1");
        assertThat(device("b").modules()).containsEntry("MCU", "2.0");
        assertThat(show(id, "").path("batchtask").path("document").toString()).isEqualTo("{\"package_ids\":[\"mcu\"]}");
    }

    @Test
    void a_batch_task_can_be_deleted_when_it_has_ended() throws Exception {
        String id = id(create(""));

        assertThat(send("DELETE", id, "").status()).isEqualTo(403);
        simulator.fleet().runUntilIdle();
        assertThat(send("DELETE", id, "").status()).isEqualTo(204);
        assertThat(send("DELETE", id, "").status()).isEqualTo(404);
        assertThat(client.get("/batchtasks/" + id).errorCode()).isEqualTo(HuaweiError.UNKNOWN_JOB);
    }

    @Test
    void a_device_that_does_not_exist_or_is_of_another_product_fails() throws Exception {
        HuaweiDevice other = HuaweiDevice.of("other", "d", DeviceStatus.ONLINE, Map.of(HuaweiDevice.FIRMWARE, "1.0"));
        HuaweiDevice frozen = HuaweiDevice.of(PRODUCT, "e", DeviceStatus.DISABLED, Map.of());
        simulator.addDevice(other);
        simulator.addDevice(frozen);

        String id = id(create("\"targets\":[\"none\",\"" + other.id() + "\",\"" + frozen.id() + "\"],"));
        simulator.fleet().runUntilIdle();

        assertThat(StreamSupport.stream(show(id, "").path("task_details").spliterator(), false)
                        .map(detail -> detail.path("error").path("error_code").asText()))
                .containsExactly("IOTDA.014016", "IOTDA.005004", "IOTDA.014000");
    }

    @Test
    void a_deleted_device_is_removed_from_its_unfinished_task() throws Exception {
        String id = id(create(""));
        simulator.fleet().advance(Duration.ofSeconds(5));

        simulator.removeDevice(device("a").id());
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("PartialSuccess success=2 removed=1");
    }

    @Test
    void a_group_is_expanded_when_the_batch_task_is_created() throws Exception {
        String group = simulator.deviceGroups().get(0).groupId();
        String empty = simulator.deviceGroups().get(1).groupId();
        simulator.devices().forEach(device -> simulator.addDevice(device.inGroups()));
        simulator.addDevice(device("a").inGroups(group));

        String id = id(create("\"targets\":[],\"targets_filter\":{\"group_ids\":[\"" + group + "\"]},"));
        String ofEmptyGroup = id(create("\"targets\":[],\"targets_filter\":{\"group_ids\":[\"" + empty + "\"]},"));
        simulator.fleet().runUntilIdle();

        assertThat(progress(id)).isEqualTo("Success success=1");
        assertThat(progress(ofEmptyGroup)).isEqualTo("Fail");
        assertThat(show(ofEmptyGroup, "").path("batchtask").path("status_desc").asText())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"task_name\":\"has-hyphen\",",
                "\"task_name\":null,",
                "\"task_type\":\"createCommands\",",
                "\"task_type\":\"softwareUpgrade\",",
                "\"task_mode\":\"DIRECT\",",
                "\"need_confirm\":\"yes\",",
                "\"task_ext_info\":\"text\",",
                "\"targets\":[],",
                "\"targets\":[\"no spaces\"],",
                "\"targets\":[],\"targets_filter\":{\"group_ids\":[\"unknown\"]},",
                "\"document\":{},",
                "\"document\":{\"package_id\":\"unknown\"},",
                "\"document\":{\"package_ids\":[\"fw2\",\"fw2\"]},",
                "\"task_policy\":{\"retry_count\":1},",
                "\"task_policy\":{\"retry_count\":6,\"retry_interval\":1},",
                "\"task_policy\":{\"retry_count\":1,\"retry_interval\":1441},",
                "\"task_policy\":{\"schedule_time\":\"20151212T121212Z\"},",
                "\"task_policy\":{\"schedule_time\":\"20990101T000000Z\"},",
                "\"task_policy\":{\"schedule_time\":\"2026-01-01\"},"
            })
    void rejects_what_the_documents_do_not_allow(String members) throws Exception {
        Reply reply = create(members);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo("IOTDA.000006");
    }

    @Test
    void rejects_more_than_30000_targets_and_changes_of_more_than_100() throws Exception {
        String many = "\"" + String.join("\",\"", Collections.nCopies(101, "x")) + "\"";
        List<String> tooMany = IntStream.rangeClosed(1, 30_001)
                .mapToObj(number -> "\"d" + number + "\"")
                .toList();
        String id = id(create(""));

        assertThat(create("\"targets\":" + tooMany + ",").status()).isEqualTo(400);
        assertThat(create("\"targets\":" + tooMany.subList(1, 30_001) + ",").status())
                .isEqualTo(201);
        assertThat(send("POST", id + "/stop", "{\"targets\":[" + many + "]}").status())
                .isEqualTo(400);
    }

    @Test
    void platforms_differ_in_how_a_package_is_named() throws Exception {
        String single = "\"document\":{\"package_id\":\"fw2\"},";
        String several = "\"document\":{\"package_ids\":[\"fw2\"]},";

        simulator.accept(DocumentForm.PACKAGE_ID);
        assertThat(create(single).status()).isEqualTo(201);
        assertThat(create(several).status()).isEqualTo(400);
        simulator.accept(DocumentForm.PACKAGE_IDS);
        assertThat(create(single).status()).isEqualTo(400);
        assertThat(create(several).status()).isEqualTo(201);
    }

    @Test
    void lists_batch_tasks_of_a_type_newest_first_by_status() throws Exception {
        String id = id(create(""));

        assertThat(client.get("/batchtasks").errorCode()).isEqualTo("IOTDA.000006");
        JsonNode all =
                client.get("/batchtasks?limit=2&task_type=firmwareUpgrade").body();
        assertThat(all.path("batchtasks").get(0).path("task_id").asText()).isEqualTo(id);
        assertThat(all.path("page").path("count").asInt()).isEqualTo(5);
        assertThat(all.path("page").path("marker").asText()).hasSize(24);
        assertThat(client.get("/batchtasks?status=Processing&task_type=firmwareUpgrade")
                        .body()
                        .findValuesAsText("task_id"))
                .containsExactly(HuaweiSimulator.RUNNING_JOB);
        assertThat(client.get("/batchtasks?status=Done&task_type=firmwareUpgrade")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shows_tasks_by_status_and_target_page_by_page() throws Exception {
        String id = simulator.generateJob("fw2", 1_000_000);

        JsonNode failed = show(id, "?limit=50&task_detail_status=Fail");
        JsonNode next = show(
                id, "?limit=50&marker=" + failed.path("page").path("marker").asText() + "&task_detail_status=Fail");

        assertThat(failed.path("page").path("count").asInt()).isEqualTo(10_000);
        assertThat(new TreeSet<>(failed.findValuesAsText("target")))
                .hasSize(50)
                .doesNotContainAnyElementsOf(next.findValuesAsText("target"));
        assertThat(progress(id)).isEqualTo("PartialSuccess success=990000 fail=10000");
        assertThat(show(id, "?target=generated-7").path("task_details")).hasSize(1);
        assertThat(show(id, "?target=none").path("task_details")).isEmpty();
        assertThat(show(id, "?task_detail_status=Rejected")
                        .path("page")
                        .path("count")
                        .asInt())
                .isZero();
        assertThat(client.get("/batchtasks/" + id + "?task_detail_status=Lost").status())
                .isEqualTo(400);
    }

    @Test
    void the_running_batch_task_of_the_initial_data_goes_on_when_its_device_connects() throws Exception {
        assertThat(progress(HuaweiSimulator.RUNNING_JOB)).isEqualTo("Processing success=1 waitting=1");
        simulator.fleet().runUntilIdle();
        String target = show(HuaweiSimulator.RUNNING_JOB, "")
                .path("task_details")
                .get(0)
                .path("target")
                .asText();

        simulator.fleet().connect(simulator.findDevice(target).get().device());
        simulator.fleet().runUntilIdle();

        assertThat(progress(HuaweiSimulator.RUNNING_JOB)).isEqualTo("Success success=2");
    }

    @Test
    void a_user_without_permission_is_rejected() throws Exception {
        simulator.permitJobs(false);

        assertThat(create("").errorCode()).isEqualTo("APIGW.0302");
    }

    private static HuaweiPackage.Builder upgrade(String id) {
        return HuaweiPackage.builder(id, PRODUCT, "2.0")
                .obsLocation(new HuaweiPackage.ObsLocation(
                        HuaweiPackage.REGION, "ota-firmware", "job.bin", "SHA256", IMAGE.sha256()));
    }

    private HuaweiDevice device(String node) {
        return simulator.findDevice(PRODUCT + "_" + node).get();
    }

    /** Creates a batch task for the three devices. The members replace the ones that follow. */
    private Reply create(String members) throws IOException, InterruptedException {
        String body = "{\"task_name\":\"job_1\",\"task_type\":\"firmwareUpgrade\",\"targets\":[\"" + PRODUCT + "_a\",\""
                + PRODUCT + "_b\",\"" + PRODUCT + "_c\"],\"document\":{\"package_id\":\"fw2\"}";
        // The last of several members with one name counts.
        String more = members.isEmpty() ? "" : "," + members.substring(0, members.length() - 1);
        return client.adding("content-type", "application/json").send("POST", "/batchtasks", body + more + "}");
    }

    private static String id(Reply created) {
        assertThat(created.status()).describedAs(created.body().toString()).isEqualTo(201);
        return created.body().path("task_id").asText();
    }

    private Reply send(String method, String pathEnd, String body) throws IOException, InterruptedException {
        return client.adding("content-type", "application/json").send(method, "/batchtasks/" + pathEnd, body);
    }

    /** Changes devices, and returns their results, sorted. */
    private String change(String id, String operation, String... nodes) throws IOException, InterruptedException {
        List<String> targets = Arrays.stream(nodes)
                .map(node -> "\"" + PRODUCT + "_" + node + "\"")
                .toList();
        Reply reply = send("POST", id + "/" + operation, nodes.length == 0 ? "{}" : "{\"targets\":" + targets + "}");
        assertThat(reply.status()).describedAs(reply.body().toString()).isEqualTo(200);
        TreeSet<String> results = new TreeSet<>();
        reply.body()
                .path("targets")
                .forEach(result -> results.add(result.path("target").asText().substring(PRODUCT.length() + 1) + ":"
                        + result.path("error_code").asText(result.path("status").asText())));
        return String.join(" ", results);
    }

    private JsonNode show(String id, String query) throws IOException, InterruptedException {
        Reply reply = client.get("/batchtasks/" + id + query);
        assertThat(reply.status()).describedAs(reply.body().toString()).isEqualTo(200);
        return reply.body();
    }

    private JsonNode detail(String id, String node) throws IOException, InterruptedException {
        return show(id, "?target=" + PRODUCT + "_" + node).path("task_details").path(0);
    }

    /** Returns the status of a batch task and the numbers of its tasks that are not 0. */
    private String progress(String id) throws IOException, InterruptedException {
        JsonNode job = show(id, "").path("batchtask");
        StringBuilder text = new StringBuilder(job.path("status").asText());
        job.path("task_progress").properties().forEach(count -> {
            if (!count.getKey().equals("total") && count.getValue().asInt() > 0) {
                text.append(' ').append(count.getKey()).append('=').append(count.getValue());
            }
        });
        return text.toString();
    }
}
