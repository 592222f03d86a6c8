package io.otabridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.domain.Capability;
import io.otabridge.testkit.faults.HollowContract;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceReportTest {

    private static final Predicate<Method> ALL = test -> true;

    @TempDir
    private Path reports;

    /** Whatever the backend in memory does, without what the other contracts demand. */
    static class Plain extends InMemoryBackendTest {}

    static final class Replacing extends Plain {
        @Override
        @Test
        public void deletes_firmware() {}

        @Override
        public void deletes_a_module() {
            throw new AssertionError("nobody runs it");
        }
    }

    static final class Hollow extends Plain implements HollowContract {}

    static final class Leaking extends Plain {
        @Override
        public List<String> secrets() {
            return List.of("in this process");
        }
    }

    static final class Unready extends Plain {
        @BeforeEach
        void open() {
            throw new IllegalStateException("no vendor today");
        }
    }

    @Test
    void says_who_conforms_and_what_it_declares() throws IOException {
        JsonNode report = ContractRun.of(Plain.class, reports, Map.of(), ALL);

        assertThat(report.path("format").asInt()).isEqualTo(1);
        assertThat(report.path("testClass").asText()).isEqualTo(Plain.class.getName());
        assertThat(report.path("backend").asText()).isEqualTo("shelf");
        assertThat(report.path("vendor").asText()).isEqualTo("memory");
        assertThat(report.path("capabilities")).hasSize(Capability.values().length);
        assertThat(report.path("missing")).isEmpty();
        assertThat(report.path("verdict").asText()).isEqualTo("conforms");
        assertThat(report.path("suites").findValuesAsText("contract"))
                .containsExactly(
                        "BackendContract",
                        "DiagnosisContract",
                        "FirmwareCommandContract",
                        "FirmwareQueryContract",
                        "FirmwareSearchContract",
                        "ModuleCommandContract",
                        "ModuleQueryContract",
                        "OperationContract");
    }

    @Test
    void counts_what_it_lists() throws IOException {
        JsonNode report = ContractRun.of(Plain.class, reports, Map.of(), ALL);

        for (String outcome : List.of("passed", "failed", "skipped", "not-run")) {
            assertThat(report.path("counts").path(outcome).asInt())
                    .isEqualTo(ContractRun.tests(report, outcome).size());
        }
    }

    @Test
    void names_the_case_of_a_parameterised_test() throws IOException {
        JsonNode report = ContractRun.of(Plain.class, reports, Map.of(), ALL);

        assertThat(ContractRun.tests(report, "passed"))
                .contains("FirmwareQueryContract.finds_firmware_in_spite_of(HUGE_FILE)");
    }

    @Test
    void says_why_a_test_was_skipped() throws IOException {
        JsonNode report = ContractRun.of(Plain.class, reports, Map.of(), ALL);

        assertThat(report.findParents("outcome"))
                .filteredOn(test -> test.path("outcome").asText().equals("skipped"))
                .extracting(test -> test.path("reason").asText())
                .contains("this vendor has no rule of its own");
    }

    @Test
    void is_the_same_for_the_same_outcomes() throws IOException {
        ContractRun.of(Plain.class, reports.resolve("one"), Map.of(), ALL);
        ContractRun.of(Plain.class, reports.resolve("two"), Map.of(), ALL);

        String name = Plain.class.getName() + ".json";
        assertThat(reports.resolve("one").resolve(name))
                .hasSameBinaryContentAs(reports.resolve("two").resolve(name));
    }

    @Test
    void does_not_say_conforms_when_a_test_was_replaced() throws IOException {
        JsonNode report = ContractRun.of(Replacing.class, reports, Map.of(), ALL);

        assertThat(report.path("verdict").asText()).isEqualTo("incomplete");
        assertThat(ContractRun.tests(report, "not-run"))
                .containsExactly("FirmwareCommandContract.deletes_firmware", "ModuleCommandContract.deletes_a_module");
        assertThat(report.toString()).contains("Replacing replaces it");
    }

    @Test
    void does_not_take_the_contract_of_somebody_else_for_its_own() throws IOException {
        JsonNode report = ContractRun.of(Hollow.class, reports, Map.of(), ALL);

        assertThat(report.path("verdict").asText()).isEqualTo("incomplete");
        assertThat(report.path("suites").findValuesAsText("contract")).doesNotContain("HollowContract");
        assertThat(ContractRun.tests(report, "not-run"))
                .containsExactly("FirmwareCommandContract.deletes_firmware", "ModuleCommandContract.deletes_a_module");
        assertThat(report.toString()).contains("HollowContract replaces it");
    }

    @Test
    void does_not_say_conforms_when_only_some_tests_ran() throws IOException {
        JsonNode report = ContractRun.of(
                Plain.class, reports, Map.of(), test -> test.getName().startsWith("deletes"));

        assertThat(report.path("verdict").asText()).isEqualTo("incomplete");
        assertThat(ContractRun.tests(report, "passed")).isNotEmpty().allMatch(passed -> passed.contains(".deletes"));
        assertThat(ContractRun.tests(report, "not-run")).contains("ModuleQueryContract.lists_modules_page_by_page");
    }

    @Test
    void hides_the_secret_that_a_failed_test_quotes() throws IOException {
        JsonNode report = ContractRun.of(Leaking.class, reports, Map.of(), ALL);

        assertThat(report.path("verdict").asText()).isEqualTo("fails");
        assertThat(ContractRun.tests(report, "failed"))
                .containsExactly("BackendContract.tells_of_itself_without_a_secret");
        assertThat(report.toString()).contains("***").doesNotContain("in this process");
    }

    @Test
    void is_written_though_no_test_got_as_far_as_a_backend() throws IOException {
        JsonNode report = ContractRun.of(
                Unready.class, reports, Map.of(), test -> test.getName().equals("deletes_firmware"));

        assertThat(report.path("verdict").asText()).isEqualTo("fails");
        assertThat(report.path("backend").isNull()).isTrue();
        assertThat(report.path("vendor").isNull()).isTrue();
        assertThat(report.toString()).contains("no vendor today");
    }
}
