package io.otabridge.simulators.aliyun;

import static io.otabridge.simulators.aliyun.SimulatedJobs.FIRMWARE;
import static io.otabridge.simulators.aliyun.SimulatedJobs.NOW;
import static io.otabridge.simulators.aliyun.SimulatedJobs.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.aliyun.store.AliyunDeviceGroup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for new jobs. */
class AliyunJobCreationTest {

    private static final String STATIC = "CreateOTAStaticUpgradeJob";
    private static final String DYNAMIC = "CreateOTADynamicUpgradeJob";
    private static final String VERIFICATION = "CreateOTAVerifyJob";

    private final SimulatedJobs jobs = SimulatedJobs.start();

    @AfterEach
    void stop() {
        jobs.close();
    }

    private String code(String action, String... parameters) throws Exception {
        return jobs.create(action, parameters).path("Code").asText().replaceFirst(".*\\.", "");
    }

    @ParameterizedTest
    @CsvSource({
        "TargetSelection=SOME, InvalidTargetSelection",
        "TargetSelection=SPECIFIC, NullTargetDeviceNames",
        "TargetSelection=ALL&TargetDeviceName.1=dev1, TargetDeviceNamesNotAllowed",
        "TargetSelection=SPECIFIC&TargetDeviceName.1=dev1&DnListFileUrl=x, TargetDeviceNamesNotAllowed",
        "TargetSelection=SPECIFIC&TargetDeviceName.1=dev1&TargetDeviceName.2=dev1, InvalidFormattedParameter",
        "TargetSelection=SPECIFIC&TargetDeviceName.1=d, InvalidFormattedDeviceName",
        "TargetSelection=SPECIFIC&TargetDeviceName.1=unknown, NotExistedDevice",
        "TargetSelection=SPECIFIC&TargetDeviceName.1=dev1&SrcVersion.1=1.0.0, SrcVersionsNotAllowed",
        "TargetSelection=SPECIFIC&DnListFileUrl=http://127.0.0.1/x, InvalidFirmwareUrl",
        "TargetSelection=GRAY, NullGrayPercent",
        "TargetSelection=GRAY&GrayPercent=1.0001, BadlyFormattedGrayPercent",
        "TargetSelection=GRAY&GrayPercent=0, InvalidGrayPercent",
        "TargetSelection=GRAY&GrayPercent=100.5, InvalidGrayPercent",
        "TargetSelection=GROUP, NullGroupId",
        "TargetSelection=GROUP&GroupId=unknown, NotExistedGroup",
        "TargetSelection=GROUP&GroupId=a1Canary0000****&GroupType=OTHER, InvalidFormattedParameter",
        "TargetSelection=GROUP&GroupId=a1Canary0000****&SrcVersion.1=1.0.0, SrcVersionsNotAllowed",
        "TargetSelection=GROUP&GroupId=a1Canary0000****, NoDeviceCanUpgrade",
        "TargetSelection=ALL&SrcVersion.1=0.1, NoDeviceCanUpgrade",
        "TargetSelection=ALL&SrcVersion.1=2.0.0, SrcDestVersionMatched",
        "TargetSelection=ALL&SrcVersion.1=1 0, IncorrectFormattedSrcVersion",
        "TargetSelection=ALL&MaximumPerMinute=9, InvalidMaximumPerMinute",
        "TargetSelection=ALL&MaximumPerMinute=10001, InvalidMaximumPerMinute",
        "TargetSelection=ALL&RetryInterval=5&RetryCount=1, InvalidRetryInterval",
        "TargetSelection=ALL&RetryInterval=30&RetryCount=1&TimeoutInMinutes=30, InvalidRetryInterval",
        "TargetSelection=ALL&RetryInterval=30&RetryCount=3, InvalidRetryCount",
        "TargetSelection=ALL&RetryInterval=30, InvalidRetryCount",
        "TargetSelection=ALL&RetryCount=1, InvalidRetryCount",
        "TargetSelection=ALL&TimeoutInMinutes=0, InvalidTimeoutSetting",
        "TargetSelection=ALL&TimeoutInMinutes=1441, InvalidTimeoutSetting",
        "TargetSelection=ALL&OverwriteMode=3, InvalidOverwriteMode",
        "TargetSelection=ALL&OverwriteMode=2&MultiModuleMode=true, InvalidOverwriteMode",
        "TargetSelection=ALL&DownloadProtocol=FTP, InvalidFormattedParameter",
        "TargetSelection=ALL&Tag.1.Key=a_b&Tag.1.Value=x, InvalidFormattedParameter",
        "TargetSelection=ALL&Tag.1.Key=a, InvalidFormattedParameter",
        "TargetSelection=ALL&Tag.1.Key=a&Tag.1.Value=x&Tag.2.Key=a&Tag.2.Value=y, KeyDuplicated",
        "TargetSelection=ALL&ScheduleFinishTime=1900000000000, ScheduleFinishTimeWithoutStartTime",
        "TargetSelection=ALL&ScheduleTime=1900000000, InvalidFormattedParameter",
        "TargetSelection=ALL&FirmwareId=unknown, FirmwareNotFound",
        "TargetSelection=ALL&ProductKey=a1Other, FirmwareAndProductKeyMismatch"
    })
    void rejects_a_static_job(String parameters, String code) throws Exception {
        jobs.device("dev1");

        assertThat(code(STATIC, parameters.split("[&=]"))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 60, FireTimeMustLargeThanCurrentTime",
        "4, 60, FireTimeTooShort",
        "10081, 60, FireTimeTooLate",
        "10, -1, ScheduleFinishTimeEarlierThanStartTime",
        "10, 59, ScheduleFinishTimeTooEarly",
        "10, 43201, ScheduleFinishTimeTooLate",
        "5, 60, ''",
        "10080, 43200, ''"
    })
    void checks_the_schedule(long startMinutes, long length, String code) throws Exception {
        jobs.device("dev1");

        assertThat(code(
                        STATIC,
                        "TargetSelection",
                        "ALL",
                        "ScheduleTime",
                        millis(startMinutes),
                        "ScheduleFinishTime",
                        millis(startMinutes + length)))
                .isEqualTo(code);
    }

    private static String millis(long minutes) {
        return String.valueOf(NOW.plus(Duration.ofMinutes(minutes)).toEpochMilli());
    }

    @Test
    void accepts_200_names_and_10_tags_and_10_source_versions() throws Exception {
        for (int number = 1; number <= 201; number++) {
            jobs.device("device" + number);
        }

        assertThat(code(STATIC, specific(201))).isEqualTo("ParameterSizeExceedMax");
        assertThat(code(STATIC, numbered(11, "TargetSelection=ALL", "SrcVersion.%d=1.0.%d")))
                .isEqualTo("SrcVersionsSizeExceedMax");
        assertThat(code(STATIC, numbered(11, "TargetSelection=ALL", "Tag.%d.Key=k%d", "Tag.%d.Value=v%d")))
                .isEqualTo("ParameterSizeExceedMax");
        assertThat(jobs.taskList(jobs.job(specific(200)))).hasSize(100);
    }

    private static String[] specific(int count) {
        return numbered(count, "TargetSelection=SPECIFIC", "TargetDeviceName.%d=device%d");
    }

    private static String[] numbered(int count, String first, String... formats) {
        List<String> all = new ArrayList<>(List.of(first.split("=")));
        for (int number = 1; number <= count; number++) {
            for (String format : formats) {
                all.addAll(List.of(String.format(format, number, number).split("=")));
            }
        }
        return all.toArray(new String[0]);
    }

    @Test
    void leaves_out_devices_that_have_the_version_without_a_message() throws Exception {
        jobs.device("old1");
        jobs.deviceWith("new1", "2.0.0");

        String job =
                jobs.job("TargetSelection", "SPECIFIC", "TargetDeviceName.1", "old1", "TargetDeviceName.2", "new1");

        assertThat(jobs.tasks(job)).containsOnlyKeys("old1");
        assertThat(code(STATIC, "TargetSelection", "SPECIFIC", "TargetDeviceName.1", "new1"))
                .isEqualTo("NoDeviceCanUpgrade");
    }

    @Test
    void a_named_device_must_have_reported_a_version_of_the_module() throws Exception {
        jobs.device("other", "MCU");

        assertThat(code(STATIC, "TargetSelection", "SPECIFIC", "TargetDeviceName.1", "other"))
                .isEqualTo("NonVersionedDeviceInArray");
        assertThat(code(STATIC, "TargetSelection", "ALL")).isEqualTo("NoDeviceCanUpgrade");
    }

    @Test
    void a_delta_is_for_devices_with_its_source_version() throws Exception {
        jobs.simulator.addFirmware(
                jobs.firmware("7701", "default").deltaFrom("1.1.0").build());
        jobs.device("old1");
        jobs.deviceWith("old2", "1.1.0");

        assertThat(code(STATIC, "FirmwareId", "7701", "TargetSelection", "SPECIFIC", "TargetDeviceName.1", "old1"))
                .isEqualTo("SrcVersionMismatch");
        assertThat(code(STATIC, "FirmwareId", "7701", "TargetSelection", "ALL", "SrcVersion.1", "1.0.0"))
                .isEqualTo("UpgradeSrcVersionMismatch");
        assertThat(jobs.tasks(jobs.jobForAll("FirmwareId", "7701"))).containsOnlyKeys("old2");
    }

    @ParameterizedTest
    @CsvSource({"0, FirmwareNotVerified", "2, FirmwareNotVerified", "3, FirmwareNotVerified", "1, ''", "-1, ''"})
    void only_verified_packages_can_be_rolled_out(int status, String code) throws Exception {
        jobs.simulator.addFirmware(
                jobs.firmware(FIRMWARE, "default").status(status, 0).build());
        jobs.device("dev1");

        assertThat(code(STATIC, "TargetSelection", "ALL")).isEqualTo(code);
        assertThat(code(DYNAMIC, "SrcVersion.1", "1.0.0")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"50, 3", "33.333, 2", "100, 7", "0.001, 1"})
    void a_percentage_is_rounded_down_to_at_least_one_device(String percent, int devices) throws Exception {
        for (int number = 1; number <= 7; number++) {
            jobs.device("device" + number);
        }
        jobs.deviceWith("done", "2.0.0");

        String job = jobs.job("TargetSelection", "GRAY", "GrayPercent", percent);

        assertThat(jobs.taskList(job)).hasSize(devices);
    }

    @Test
    void a_group_selects_its_members() throws Exception {
        jobs.simulator.addDeviceGroup(new AliyunDeviceGroup("group1", "first", "", "2022-06-01T03:00:00.000Z"));
        jobs.simulator.addToDeviceGroup("group1", jobs.device("member"));
        jobs.device("stranger");

        String job = jobs.job("TargetSelection", "GROUP", "GroupId", "group1", "GroupType", "LINK_PLATFORM");

        assertThat(jobs.tasks(job)).containsOnlyKeys("member");
        assertThat(jobs.call("QueryOTAJob", "JobId", job).at("/Data/GroupName").asText())
                .isEqualTo("first");
    }

    @Test
    void an_uploaded_list_selects_known_devices_with_an_older_version() throws Exception {
        jobs.device("first");
        jobs.device("second");
        jobs.device("third");
        jobs.deviceWith("done", "2.0.0");
        String url = upload("\uFEFFfirst\r\nsecond,done\nunknown\n");

        String job = jobs.job("TargetSelection", "SPECIFIC", "DnListFileUrl", url);

        assertThat(jobs.tasks(job)).containsOnlyKeys("first", "second");
    }

    @Test
    void an_uploaded_list_has_at_most_the_configured_number_of_names() throws Exception {
        jobs.device("first");
        jobs.simulator.limitDeviceLists(1);

        assertThat(code(STATIC, "TargetSelection", "SPECIFIC", "DnListFileUrl", upload("first\nsecond")))
                .isEqualTo("ParameterSizeExceedMax");
        assertThat(code(STATIC, "TargetSelection", "SPECIFIC", "DnListFileUrl", upload("first")))
                .isEmpty();
    }

    private String upload(String names) throws Exception {
        JsonNode form = jobs.call("GenerateDeviceNameListURL").get("Data");
        StringBuilder body = new StringBuilder();
        for (String[] part : new String[][] {
            {"key", form.get("Key").asText()},
            {"policy", form.get("Policy").asText()},
            {"OSSAccessKeyId", form.get("AccessKeyId").asText()},
            {"signature", form.get("Signature").asText()},
            {"success_action_status", "200"},
            {"file\"; filename=\"names.csv", names}
        }) {
            body.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(part[0])
                    .append("\"\r\n\r\n")
                    .append(part[1])
                    .append("\r\n");
        }
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(form.get("Host").asText() + "/"))
                                .header("Content-Type", "multipart/form-data; boundary=b")
                                .POST(HttpRequest.BodyPublishers.ofString(body + "--b--\r\n"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return form.get("FileUrl").asText();
    }

    @Test
    void writes_what_was_asked_for_and_no_counts() throws Exception {
        jobs.device("dev1");
        String job = jobs.jobForAll(
                "SrcVersion.1", "1.0.0",
                "RetryInterval", "10",
                "RetryCount", "2",
                "TimeoutInMinutes", "60",
                "MaximumPerMinute", "50",
                "ScheduleTime", millis(10),
                "ScheduleFinishTime", millis(100),
                "Tag.1.Key", "ota.token",
                "Tag.1.Value", "t_1");

        JsonNode data = jobs.call("QueryOTAJob", "JobId", job).get("Data");

        assertThat(data.toString())
                .contains(
                        "\"JobStatus\":\"PLANNED\"",
                        "\"JobType\":\"UPGRADE_FIRMWARE\"",
                        "\"SelectionType\":\"STATIC\"",
                        "\"SrcVersions\":{\"SrcVersion\":[\"1.0.0\"]}",
                        "\"RetryInterval\":10,\"RetryCount\":2,\"TimeoutInMinutes\":60",
                        "\"MaximumPerMinute\":50",
                        "\"Tags\":{\"OtaTagDTO\":[{\"Key\":\"ota.token\",\"Value\":\"t_1\"}]}",
                        "\"UtcCreate\":\"2026-01-02T03:04:05.000Z\"",
                        "\"UtcScheduleTime\":\"2026-01-02T03:14:05.000Z\"",
                        "\"UtcScheduleFinishTime\":\"2026-01-02T04:44:05.000Z\"")
                .doesNotContain("Count\":0", "Total", "UtcStartTime", "UtcEndTime");
    }

    @ParameterizedTest
    @CsvSource({
        "X=x, NullSrcVersions",
        "SrcVersion.1=1.0.0&GroupId=a1Canary0000****, SrcVersionsNotAllowed",
        "SrcVersion.1=1.0.0&DynamicMode=3, InvalidDynamicMode",
        "SrcVersion.1=1.0.0&TargetSelection=GRAY, DynamicGrayNotSupported",
        "SrcVersion.1=1.0.0&TargetSelection=SPECIFIC, DynamicSpecificNotSupported",
        "GroupId=unknown, NotExistedGroup",
        "GroupId=a1Canary0000****&GroupType=LINK_PLATFORM, InvalidFormattedParameter",
        "GroupId=a1Canary0000****&GroupType=LINK_PLATFORM_DYNAMIC, ''"
    })
    void checks_a_dynamic_job(String parameters, String code) throws Exception {
        assertThat(code(DYNAMIC, parameters.split("[&=]"))).isEqualTo(code);
    }

    @Test
    void a_package_has_one_running_dynamic_job_but_several_static_ones() throws Exception {
        jobs.device("dev1");
        jobs.jobForAll();
        jobs.jobForAll();
        jobs.create(DYNAMIC, "SrcVersion.1", "1.0.0");

        assertThat(code(DYNAMIC, "SrcVersion.1", "0.9.0")).isEqualTo("InProgressDynamicJobExisted");
    }

    @Test
    void a_verification_is_for_one_to_ten_devices_of_an_unverified_package() throws Exception {
        for (int number = 1; number <= 11; number++) {
            jobs.device("device" + number);
        }
        jobs.deviceWith("done", "2.0.0");
        assertThat(code(VERIFICATION, "TargetDeviceName.1", "device1")).isEqualTo("VerifyFirmwareFailed");
        jobs.simulator.addFirmware(
                jobs.firmware(FIRMWARE, "default").status(0, 0).build());

        assertThat(code(VERIFICATION)).isEqualTo("NullTargetDeviceNames");
        assertThat(code(VERIFICATION, "TargetDeviceName.1", "done")).isEqualTo("DeviceWithDestinationVersionInArray");
        assertThat(code(VERIFICATION, numbered(11, "X=x", "TargetDeviceName.%d=device%d")))
                .isEqualTo("ParameterSizeExceedMax");
        assertThat(code(VERIFICATION, numbered(10, "X=x", "TargetDeviceName.%d=device%d")))
                .isEmpty();
        assertThat(code(VERIFICATION, "TargetDeviceName.1", "device11")).isEqualTo("InProgressVerifyJobExisted");
    }

    @Test
    void a_job_whose_response_is_lost_exists() throws Exception {
        jobs.device("dev1");
        int before = jobs.simulator.jobs().size();
        jobs.simulator.beforeNextJobCreation(jobs.simulator::loseNextResponse);

        assertThatThrownBy(() -> jobs.jobForAll()).isInstanceOf(IOException.class);

        assertThat(jobs.simulator.jobs()).hasSize(before + 1);
        assertThat(jobs.status(jobs.simulator.jobs().get(0))).isEqualTo("IN_PROGRESS");
    }

    @Test
    void lists_jobs_of_a_package_and_of_a_device_newest_first() throws Exception {
        jobs.device("dev1");
        jobs.device("dev2");
        String first = jobs.jobForAll();
        String second = jobs.job("TargetSelection", "SPECIFIC", "TargetDeviceName.1", "dev2");

        JsonNode ofFirmware =
                jobs.call("ListOTAJobByFirmware", "FirmwareId", FIRMWARE, "CurrentPage", "1", "PageSize", "200");
        JsonNode ofDevice = jobs.call(
                "ListOTAJobByDevice",
                "FirmwareId",
                FIRMWARE,
                "ProductKey",
                PRODUCT,
                "DeviceName",
                "dev1",
                "CurrentPage",
                "1",
                "PageSize",
                "100");

        assertThat(ofFirmware.findValuesAsText("JobId")).containsExactly(second, first);
        assertThat(ofDevice.findValuesAsText("JobId")).containsExactly(first);
        assertThat(jobs.call("QueryOTAJob", "JobId", "unknown").get("Code").asText())
                .isEqualTo("iot.firmware.InvalidOTAJobId");
    }
}
