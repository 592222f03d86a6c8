package io.otabridge.simulators.aliyun;

import static io.otabridge.simulators.aliyun.SimulatedJobs.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs and devices of a simulated Tuya deployment, where they differ from Alibaba Cloud. */
class TuyaJobsTest {

    private static final String STATIC = "CreateOTAStaticUpgradeJob";

    private final SimulatedJobs jobs = SimulatedJobs.startTuya();

    @AfterEach
    void stop() {
        jobs.close();
    }

    @Test
    void upgrades_a_device_with_numbers_as_ids_and_progress_without_decimals() throws Exception {
        jobs.device("dev1");

        JsonNode created = jobs.create(STATIC, "TargetSelection", "ALL");
        String job = created.at("/data/jobId").asText();
        jobs.finish();
        JsonNode tasks = jobs.call("ListOTATaskByJob", "JobId", job);

        assertThat(created.get("code").asText()).isEmpty();
        assertThat(job).matches("[0-9]{18}");
        assertThat(tasks.at("/data/simpleOTATaskInfo/0/taskStatus").asText()).isEqualTo("SUCCEEDED");
        assertThat(tasks.at("/data/simpleOTATaskInfo/0/progress").asText()).isEqualTo("100");
        assertThat(tasks.at("/data/simpleOTATaskInfo/0/taskId").asText()).matches("[0-9]{18}");
        assertThat(jobs.call("QueryOTAJob", "JobId", job).at("/data/jobStatus").asText())
                .isEqualTo("COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tag.1.Key",
                "ScheduleTime",
                "ScheduleFinishTime",
                "MaximumPerMinute",
                "OverwriteMode",
                "MultiModuleMode",
                "DnListFileUrl",
                "IotInstanceId"
            })
    void rejects_parameters_that_its_documents_lack(String name) throws Exception {
        jobs.device("dev1");

        assertThat(jobs.create(STATIC, "TargetSelection", "ALL", name, "1")
                        .get("code")
                        .asText())
                .isEqualTo("Invalid" + name.replaceFirst("\\..*", ""));
        assertThat(jobs.create(STATIC, "TargetSelection", "ALL").get("success").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CreateOTADynamicUpgradeJob",
                "UpdateOTAJob",
                "CancelOTAStrategyByJob",
                "ReupgradeOTATask",
                "GenerateDeviceNameListURL"
            })
    void lacks_operations(String action) throws Exception {
        assertThat(jobs.call(action).get("code").asText()).isEqualTo("UnsupportedOperation");
    }

    @ParameterizedTest
    @CsvSource({"33, ''", "33.5, iot.firmware.BadlyFormattedGrayPercent"})
    void a_percentage_is_a_whole_number(String percent, String code) throws Exception {
        jobs.device("dev1");

        assertThat(jobs.create(STATIC, "TargetSelection", "GRAY", "GrayPercent", percent)
                        .get("code")
                        .asText())
                .isEqualTo(code);
    }

    @Test
    void lists_devices_and_their_versions() throws Exception {
        jobs.device("dev1");

        JsonNode devices = jobs.call("QueryDevice", "ProductKey", PRODUCT);
        JsonNode versions = jobs.call(
                "ListOTAModuleVersionsByDevice",
                "CurrentPage",
                "1",
                "PageSize",
                "10",
                "ProductKey",
                PRODUCT,
                "DeviceName",
                "dev1");

        assertThat(devices.at("/data/deviceInfo/0/deviceName").asText()).isEqualTo("dev1");
        assertThat(versions.at("/data/simpleOTAModuleInfo/0/moduleVersion").asText())
                .isEqualTo("1.0.0");
    }

    @Test
    void has_initial_devices_and_a_job() throws Exception {
        assertThat(jobs.call("QueryDevice", "ProductKey", AliyunSimulator.SHARED_PRODUCT)
                        .get("total")
                        .asInt())
                .isEqualTo(3);
        assertThat(jobs.simulator.jobs()).hasSize(1);
    }
}
