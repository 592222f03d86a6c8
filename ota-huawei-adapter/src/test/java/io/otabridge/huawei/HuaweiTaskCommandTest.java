package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.otabridge.huawei.HuaweiJobResponses.ID;
import static io.otabridge.huawei.HuaweiJobResponses.TASK;
import static io.otabridge.huawei.HuaweiJobResponses.details;
import static io.otabridge.huawei.HuaweiJobResponses.error;
import static io.otabridge.huawei.HuaweiJobResponses.job;
import static io.otabridge.huawei.HuaweiJobResponses.progress;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.job.command.TaskChanges;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancelling, retrying, confirming and deleting: what is sent, and what the vendor reports for each device. */
class HuaweiTaskCommandTest {

    private static final DeviceId D1 = DeviceId.of("d1");
    private static final DeviceId D2 = DeviceId.of("d2");
    private static final DeviceId D3 = DeviceId.of("d3");
    private static final DeviceId D4 = DeviceId.of("d4");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @Test
    void cancels_the_whole_job_and_names_the_devices_in_progress() {
        givenJob("Processing", progress(1, 2, 1, 0, 0));
        givenTasks("Processing", "d1 Processing", "d2 Processing");
        givenResponse("stop", okJson("{}"));

        TaskChanges changes = commands().cancel(ID, TaskFilter.all()).get();

        assertThat(changes).isEqualTo(new TaskChanges(Option.none(), List.empty(), List.of(D1, D2), 2, List.empty()));
        verifySent("stop", "{}");
    }

    @Test
    void lists_at_most_1000_devices_in_progress_and_counts_all() {
        givenJob("Processing", progress(0, 30_000, 0, 0, 0));
        SERVER.stubFor(get(urlPathEqualTo(TASK))
                .withQueryParam("task_detail_status", equalTo("Processing"))
                .willReturn(okJson(details(
                        job(ID, "n", "Processing", ""),
                        30_000,
                        "5c90000000000000000000b0",
                        HuaweiJobResponses.devices(1, 1200).map(device -> device + " Processing")))));
        givenResponse("stop", okJson("{}"));

        TaskChanges changes = commands().cancel(ID, TaskFilter.all()).get();

        assertThat(changes.inProgress()).hasSize(TaskChanges.MAX_LISTED);
        assertThat(changes.inProgressCount()).isEqualTo(30_000);
    }

    @Test
    void reports_each_device_that_the_vendor_refused() {
        givenJob("Processing", progress(2, 0, 0, 0, 0));
        givenResponse("stop", okJson("""
                {"targets": [{"target": "d1", "status": "success"},
                 {"target": "d2", "status": "failure", "error_code": "IOTDA.014219",
                  "error_msg": "Invalid input. The target is not in the task, sign=abcdefgh"},
                 {"target": "d3", "status": "failure", "error_code": "IOTDA.014220"}]}"""));

        TaskChanges changes = commands().cancel(ID, TaskFilter.all()).get();

        assertThat(changes.accepted()).contains(1L);
        assertThat(changes.refused().map(TaskChanges.Refused::device)).containsExactly(D2, D3);
        OtaFailure notInJob = changes.refused().head().failure();
        assertThat(notInJob).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(notInJob.vendorCode()).contains("IOTDA.014219");
        assertThat(notInJob.vendorMessage().get()).doesNotContain("abcdefgh");
        assertThat(notInJob.operation()).isEqualTo("StopBatchTask");
        assertThat(changes.refused().last().failure()).isInstanceOf(OtaFailure.Rejected.class);
    }

    @Test
    void stops_only_tasks_that_have_not_begun() {
        givenJob("Processing", progress(120, 5, 0, 0, 0));
        givenWaiting(120);
        givenTasks("FailWaitRetry");
        givenResults("stop", 1, 100);
        givenResults("stop", 101, 120);

        TaskChanges changes = commands().cancel(ID, TaskFilter.notStarted()).get();

        assertThat(changes.accepted()).contains(120L);
        assertThat(changes.inProgress()).isEmpty();
        verifySent("stop", targets(1, 100));
        verifySent("stop", targets(101, 120));
        SERVER.verify(2, postRequestedFor(anyUrl()));
    }

    @Test
    void keeps_the_results_before_a_failure_and_refuses_the_devices_after_it() {
        givenJob("Processing", progress(120, 0, 0, 0, 0));
        givenWaiting(120);
        givenTasks("FailWaitRetry");
        givenResults("stop", 1, 100);
        SERVER.stubFor(post(urlEqualTo(TASK + "/stop"))
                .withRequestBody(equalToJson(targets(101, 120)))
                .willReturn(jsonResponse(error("IOTDA.021101"), 403)));

        TaskChanges changes = commands().cancel(ID, TaskFilter.notStarted()).get();

        assertThat(changes.accepted()).contains(100L);
        assertThat(changes.refused()).hasSize(20);
        assertThat(changes.refused().head().failure()).isInstanceOf(OtaFailure.RateLimited.class);
    }

    @Test
    void sends_nothing_after_a_lost_response_and_says_so_for_each_device() {
        givenJob("Processing", progress(201, 0, 0, 0, 0));
        givenWaiting(201);
        givenTasks("FailWaitRetry");
        givenResults("stop", 1, 100);
        SERVER.stubFor(post(urlEqualTo(TASK + "/stop"))
                .withRequestBody(equalToJson(targets(101, 200)))
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        TaskChanges changes = commands().cancel(ID, TaskFilter.notStarted()).get();

        assertThat(changes.accepted()).contains(100L);
        assertThat(changes.refused().map(one -> one.device().value()))
                .isEqualTo(List.rangeClosed(101, 201).map(number -> "d" + number));
        assertThat(changes.refused().init().map(TaskChanges.Refused::failure))
                .hasOnlyElementsOfType(OtaFailure.OutcomeUnknown.class);
        OtaFailure unsent = changes.refused().last().failure();
        assertThat(unsent).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(unsent.advice()).startsWith("Nothing was sent for this device");
        SERVER.verify(2, postRequestedFor(anyUrl()));
    }

    @Test
    void stops_named_devices_and_refuses_those_that_have_ended_or_have_no_task() {
        givenJob("Processing", progress(0, 1, 1, 0, 1));
        givenAllTasks("d1 Processing", "d2 Success", "d4 Stopped");
        givenResponse("stop", okJson("{\"targets\": [{\"target\": \"d1\", \"status\": \"success\"}]}"));

        TaskChanges changes =
                commands().cancel(ID, TaskFilter.ofDevices(D1, D2, D3, D4)).get();

        assertThat(changes.accepted()).contains(1L);
        assertThat(changes.inProgress()).containsExactly(D1);
        assertThat(changes.refused().map(TaskChanges.Refused::device)).containsExactly(D2, D3);
        assertThat(changes.refused().head().failure()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(changes.refused().head().failure().summary()).endsWith("has state succeeded");
        assertThat(changes.refused().last().failure()).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(changes.warnings())
                .containsExactly(
                        "there is nothing to cancel for 1 of the devices, for example d4, whose task is cancelled");
        verifySent("stop", "{\"targets\": [\"d1\"]}");
    }

    @Test
    void refuses_devices_whose_result_the_vendor_does_not_report() {
        givenJob("Processing", progress(2, 0, 0, 0, 0));
        givenAllTasks("d1 Waitting", "d2 Waitting");
        givenResponse("stop", okJson("{\"targets\": [{\"target\": \"d1\", \"status\": \"success\"}]}"));

        TaskChanges changes =
                commands().cancel(ID, TaskFilter.ofDevices(D1, D2)).get();

        assertThat(changes.accepted()).as("d2 may have been stopped").isEmpty();
        assertThat(changes.refused().map(TaskChanges.Refused::device)).containsExactly(D2);
        assertThat(changes.refused().head().failure()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void refuses_a_named_device_whose_task_succeeded_instead_of_a_retry() {
        givenJob("PartialSuccess", progress(0, 0, 1, 1, 0));
        givenAllTasks("d1 Fail", "d2 Success");
        givenResponse("retry", okJson("{\"targets\": [{\"target\": \"d1\", \"status\": \"success\"}]}"));

        TaskChanges changes = commands().retry(ID, TaskFilter.ofDevices(D1, D2)).get();

        assertThat(changes.accepted()).contains(1L);
        assertThat(changes.refused().map(TaskChanges.Refused::device)).containsExactly(D2);
        assertThat(changes.refused().head().failure().advice()).contains("awaiting-retry or failed or cancelled");
    }

    @Test
    void refuses_named_devices_of_a_job_that_has_ended() {
        givenJob("Success", progress(0, 0, 1, 0, 0));

        TaskChanges changes = commands().cancel(ID, TaskFilter.ofDevices(D1)).get();

        assertThat(changes.accepted()).contains(0L);
        assertThat(changes.refused().head().failure().summary()).contains("is finished");
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void refuses_no_named_device_of_a_job_that_is_cancelled_already() {
        givenJob("Stopped", progress(0, 0, 0, 0, 1));

        TaskChanges changes = commands().cancel(ID, TaskFilter.ofDevices(D1)).get();

        assertThat(changes.refused()).isEmpty();
        assertThat(changes.warnings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Success", "PartialSuccess", "Fail", "Stopped", "Stopping"})
    void sends_no_cancellation_of_a_job_that_has_ended(String status) {
        givenJob(status, progress(0, 1, 1, 1, 0));

        TaskChanges changes = commands().cancel(ID, TaskFilter.all()).get();

        assertThat(changes.accepted()).contains(0L);
        assertThat(changes.warnings()).hasSize(1);
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    static Stream<ResponseDefinitionBuilder> unclearResponses() {
        return Stream.of(
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                jsonResponse(error("IOTDA.014218"), 400),
                okJson("{\"targets\": 7}"));
    }

    @ParameterizedTest
    @MethodSource("unclearResponses")
    void looks_at_the_job_again_if_it_may_have_ended_meanwhile(ResponseDefinitionBuilder response) {
        givenJobThatBecomes("Stopped");
        givenResponse("stop", response);

        TaskChanges changes = commands().cancel(ID, TaskFilter.all()).get();

        assertThat(changes.accepted()).isEmpty();
        assertThat(changes.warnings().head()).contains("is cancelled now");
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void reports_a_lost_response_if_the_job_was_not_cancelled() {
        givenJobThatBecomes("Processing");
        givenResponse("stop", aResponse().withFault(Fault.EMPTY_RESPONSE));

        assertThat(commands().cancel(ID, TaskFilter.all()).getLeft()).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "retry"})
    void tries_what_is_not_documented_for_modules_and_explains_a_refusal(String command) {
        givenDetails(job(ID, "n", "Processing", progress(1, 0, 0, 1, 0)).replace("firmwareUpgrade", "moduleUpgrade"));
        givenResponse(command, jsonResponse(error("IOTDA.000006"), 400));

        OtaFailure failure = (command.equals("stop")
                        ? commands().cancel(ID, TaskFilter.all())
                        : commands().retry(ID, TaskFilter.all()))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains("for firmware and software jobs, not for modules");
    }

    @Test
    void retries_all_tasks_that_failed() {
        givenJob("PartialSuccess", progress(0, 0, 1, 2, 0));
        givenResponse("retry", okJson("{\"targets\": []}"));

        assertThat(commands().retry(ID, TaskFilter.all()).isRight()).isTrue();

        verifySent("retry", "{}");
    }

    @Test
    void retries_failed_tasks_only_if_asked_to() {
        givenJob("PartialSuccess", progress(0, 0, 1, 1, 1));
        givenTasks("Fail", "d1 Fail");
        givenResponse("retry", okJson("{\"targets\": [{\"target\": \"d1\", \"status\": \"success\"}]}"));

        assertThat(commands()
                        .retry(ID, TaskFilter.inState(TaskState.FAILED))
                        .get()
                        .accepted())
                .contains(1L);

        verifySent("retry", "{\"targets\": [\"d1\"]}");
    }

    @Test
    void retries_failed_tasks_with_a_status_that_the_vendor_does_not_count() {
        givenJob("PartialSuccess", progress(0, 0, 1, 1, 1).replace("\"total\": 3", "\"total\": 4"));
        givenAllTasks("d1 Fail", "d2 Rejected", "d3 Success", "d4 Stopped");
        givenResponse("retry", okJson("""
                {"targets": [{"target": "d1", "status": "success"}, {"target": "d2", "status": "success"}]}"""));

        TaskChanges changes =
                commands().retry(ID, TaskFilter.inState(TaskState.FAILED)).get();

        assertThat(changes).isEqualTo(new TaskChanges(Option.some(2L), List.empty(), List.empty(), 0, List.empty()));
        verifySent("retry", "{\"targets\": [\"d1\", \"d2\"]}");
    }

    @Test
    void warns_if_more_devices_may_be_in_progress_than_the_vendor_counts() {
        givenJob("Processing", progress(1, 0, 0, 0, 0).replace("\"total\": 1", "\"total\": 2"));
        givenResponse("stop", okJson("{}"));

        assertThat(commands().cancel(ID, TaskFilter.all()).get().warnings().head())
                .startsWith("the vendor counts 1 of the tasks in no state");
    }

    @Test
    void sends_no_retry_of_a_job_without_failed_tasks() {
        givenJob("Processing", progress(1, 1, 1, 0, 0));

        assertThat(commands().retry(ID, TaskFilter.all()).get().accepted()).contains(0L);
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void explains_that_a_cancelled_job_cannot_be_retried() {
        givenJob("Stopped", progress(0, 0, 0, 0, 3));
        givenResponse("retry", jsonResponse(error("IOTDA.014218"), 400));

        assertThat(commands().retry(ID, TaskFilter.all()).getLeft().advice()).contains("create a new job");
    }

    @Test
    void confirms_all_waiting_tasks() {
        givenJob("Waitting", "\"need_confirm\": true," + progress(3, 0, 0, 0, 0));
        givenResponse("confirm", okJson("{}"));

        assertThat(commands().confirm(ID, TaskFilter.all()).isRight()).isTrue();
        assertThat(commands()
                        .confirm(ID, TaskFilter.inState(TaskState.AWAITING_CONFIRMATION))
                        .isRight())
                .isTrue();

        SERVER.verify(2, postRequestedFor(urlEqualTo(TASK + "/confirm")).withRequestBody(equalToJson("{}")));
    }

    @Test
    void confirms_named_devices_of_a_job_that_was_confirmed_in_part() {
        givenJob("Processing", "\"need_confirm\": true," + progress(2, 1, 0, 0, 0));
        givenAllTasks("d1 Waitting", "d2 Waitting", "d3 Processing");
        givenResponse("confirm", okJson("{\"targets\": [{\"target\": \"d1\", \"status\": \"success\"}]}"));

        TaskFilter filter = TaskFilter.ofDevices(D1).withStates(TaskState.AWAITING_CONFIRMATION);
        assertThat(commands().confirm(ID, filter).get().accepted()).contains(1L);

        verifySent("confirm", "{\"targets\": [\"d1\"]}");
    }

    @Test
    void sends_no_confirmation_of_a_job_that_needs_none() {
        givenJob("Waitting", progress(3, 0, 0, 0, 0));

        assertThat(commands().confirm(ID, TaskFilter.all()).get().accepted()).contains(0L);
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void predicts_a_cancellation_in_a_dry_run() {
        givenJob("Processing", progress(3, 1, 1, 0, 0));
        givenTasks("Processing", "d1 Processing");

        TaskChanges changes = commands().dryRun().cancel(ID, TaskFilter.all()).get();

        assertThat(changes.accepted()).contains(4L);
        assertThat(changes.inProgress()).containsExactly(D1);
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void cancels_a_job_whose_tasks_are_not_counted_yet() {
        givenJob("Initializing", progress(0, 0, 0, 0, 0));
        givenResponse("stop", okJson("{}"));

        assertThat(commands().cancel(ID, TaskFilter.all()).isRight()).isTrue();

        verifySent("stop", "{}");
    }

    @Test
    void does_not_change_a_job_that_does_not_exist() {
        SERVER.stubFor(get(anyUrl()).willReturn(jsonResponse(error("IOTDA.014216"), 404)));

        assertThat(commands().cancel(ID, TaskFilter.all()).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(commands().delete(ID).get()).isEqualTo(DeleteResult.NOT_FOUND);
        SERVER.verify(0, deleteRequestedFor(anyUrl()));
    }

    @Test
    void deletes_a_job_that_has_ended() {
        givenJob("Stopped", "");
        SERVER.stubFor(delete(urlEqualTo(TASK)).willReturn(aResponse().withStatus(204)));

        assertThat(commands().dryRun().delete(ID).get()).isEqualTo(DeleteResult.DELETED);
        SERVER.verify(0, deleteRequestedFor(anyUrl()));
        assertThat(commands().delete(ID).get()).isEqualTo(DeleteResult.DELETED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Initializing", "Waitting", "Processing", "Stopping"})
    void sends_no_deletion_of_a_job_that_has_not_ended(String status) {
        givenJob(status, "");

        OtaFailure failure = commands().delete(ID).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains(status);
        SERVER.verify(0, deleteRequestedFor(anyUrl()));
    }

    @Test
    void deletes_no_batch_task_that_is_no_upgrade() {
        givenDetails(job(ID, "n", "Success", "").replace("firmwareUpgrade", "deleteDevices"));

        assertThat(commands().delete(ID).get()).isEqualTo(DeleteResult.NOT_FOUND);
        SERVER.verify(0, deleteRequestedFor(anyUrl()));
    }

    private static void givenJob(String status, String more) {
        givenDetails(job(ID, "n", status, more));
    }

    private static void givenDetails(String job) {
        SERVER.stubFor(
                get(urlPathEqualTo(TASK)).withQueryParam("limit", equalTo("1")).willReturn(okJson(details(job, 0))));
    }

    private static void givenJobThatBecomes(String status) {
        SERVER.stubFor(get(urlPathEqualTo(TASK))
                .inScenario("job")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("later")
                .willReturn(okJson(details(job(ID, "n", "Processing", progress(2, 0, 0, 0, 0)), 0))));
        SERVER.stubFor(get(urlPathEqualTo(TASK))
                .inScenario("job")
                .whenScenarioStateIs("later")
                .willReturn(okJson(details(job(ID, "n", status, ""), 0))));
    }

    private static void givenTasks(String status, String... tasks) {
        SERVER.stubFor(get(urlPathEqualTo(TASK))
                .withQueryParam("task_detail_status", equalTo(status))
                .willReturn(okJson(details(job(ID, "n", "Processing", ""), tasks.length, tasks))));
    }

    /** Three pages of waiting tasks. */
    private static void givenWaiting(int count) {
        for (int first = 1; first <= count; first += 50) {
            SERVER.stubFor(get(urlPathEqualTo(TASK))
                    .withQueryParam("task_detail_status", equalTo("Waitting"))
                    .withQueryParam("marker", first == 1 ? absent() : equalTo(marker(first)))
                    .willReturn(okJson(details(
                            job(ID, "n", "Processing", ""),
                            count,
                            marker(first + 50),
                            HuaweiJobResponses.devices(first, Math.min(count, first + 49))
                                    .map(device -> device + " Waitting")))));
        }
    }

    private static String marker(int first) {
        return String.format("5c90%020x", 1000 - first);
    }

    private static void givenAllTasks(String... tasks) {
        SERVER.stubFor(get(urlPathEqualTo(TASK))
                .withQueryParam("limit", equalTo("50"))
                .willReturn(
                        okJson(details(job(ID, "n", "Processing", "\"need_confirm\": true,"), tasks.length, tasks))));
    }

    private static void givenResponse(String command, ResponseDefinitionBuilder response) {
        SERVER.stubFor(post(urlEqualTo(TASK + "/" + command)).willReturn(response));
    }

    private static void givenResults(String command, int from, int to) {
        String results = HuaweiJobResponses.devices(from, to)
                .map(device -> "{\"target\": \"" + device + "\", \"status\": \"success\"}")
                .collect(Collectors.joining(","));
        SERVER.stubFor(post(urlEqualTo(TASK + "/" + command))
                .withRequestBody(equalToJson(targets(from, to)))
                .willReturn(okJson("{\"targets\": [" + results + "]}")));
    }

    private static String targets(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> "\"d" + number + "\"")
                .collect(Collectors.joining(",", "{\"targets\": [", "]}"));
    }

    private static void verifySent(String command, String body) {
        SERVER.verify(1, postRequestedFor(urlEqualTo(TASK + "/" + command)).withRequestBody(equalToJson(body)));
    }

    private static JobCommandPort commands() {
        return HuaweiFixture.open(HuaweiFixture.settings(SERVER.baseUrl())).jobCommands();
    }
}
