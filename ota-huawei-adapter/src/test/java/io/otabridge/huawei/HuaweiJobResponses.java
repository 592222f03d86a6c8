package io.otabridge.huawei;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.JobId;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Responses about batch tasks, in the form of the documented examples. */
final class HuaweiJobResponses {

    static final String BASE = "/v5/iot/" + HuaweiFixture.PROJECT_ID;
    static final String TASKS = BASE + "/batchtasks";
    static final JobId ID = JobId.of("5c8ba99030344005c02316ad");
    static final String TASK = TASKS + "/" + ID;
    static final FirmwareId FIRMWARE = FirmwareId.of("32822e5744a45ede319d2c50");

    private HuaweiJobResponses() {}

    /** A batch task for firmware. {@code more} holds further fields, each followed by a comma. */
    static String job(JobId id, String name, String status, String more) {
        return """
                {"task_id": "%s", "task_name": "%s", "task_type": "firmwareUpgrade", "status": "%s", %s
                 "create_time": "20260115T080000Z", "document": {"package_id": "%s"}}""".formatted(id, name, status, more, FIRMWARE);
    }

    /** The counters of the sub-tasks. */
    static String progress(int waitting, int processing, int success, int fail, int stopped) {
        return """
                "task_progress": {"total": %d, "processing": %d, "success": %d, "fail": %d, "waitting": %d,
                 "fail_wait_retry": 0, "stopped": %d, "removed": 0},""".formatted(
                        waitting + processing + success + fail + stopped, processing, success, fail, waitting, stopped);
    }

    static String jobs(String... jobs) {
        return "{\"batchtasks\": [" + String.join(",", jobs) + "], \"page\": {\"count\": " + jobs.length
                + ", \"marker\": \"5c8f3d2d3df1f10d803adbda\"}}";
    }

    /** A page of sub-tasks, each with a device and a status such as {@code d1 Success}. */
    static String details(String job, long count, String... tasks) {
        return details(job, count, "5c8f3d2d3df1f10d803adbda", Stream.of(tasks));
    }

    static String details(String job, long count, String marker, Stream<String> tasks) {
        return "{\"batchtask\": " + job + ", \"task_details\": ["
                + tasks.map(task -> task.startsWith("{")
                                ? task
                                : "{\"target\": \"" + task.substring(0, task.indexOf(' ')) + "\", \"status\": \""
                                        + task.substring(task.indexOf(' ') + 1) + "\"}")
                        .collect(Collectors.joining(","))
                + "], \"page\": {\"count\": " + count + ", \"marker\": \"" + marker + "\"}}";
    }

    static Stream<String> devices(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(number -> "d" + number);
    }

    /** The package of the jobs. */
    static void givenFirmware(WireMockExtension server, String type, String more) {
        server.stubFor(WireMock.get(WireMock.urlEqualTo(BASE + "/ota-upgrades/packages/" + FIRMWARE))
                .willReturn(WireMock.okJson("{\"package_id\": \"" + FIRMWARE + "\", \"package_type\": \"" + type
                        + "\", \"product_id\": \"5ba24f5ebbe8f56f5a14f605\", " + more + " \"version\": \"2.0\"}")));
    }

    /** What IoTDA sends for an unknown batch task. */
    static String error(String code) {
        return "{\"error_code\": \"" + code + "\", \"error_msg\": \"refused\"}";
    }
}
