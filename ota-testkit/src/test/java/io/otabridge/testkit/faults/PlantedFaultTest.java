package io.otabridge.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.testkit.BackendContract;
import io.otabridge.testkit.ContractRun;
import io.otabridge.testkit.FirmwareCommandContract;
import io.otabridge.testkit.FirmwareQueryContract;
import io.otabridge.testkit.FirmwareSearchContract;
import io.otabridge.testkit.ModuleCommandContract;
import io.otabridge.testkit.ModuleQueryContract;
import io.otabridge.testkit.OperationContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contracts bite: each fault that adapters make is caught by the test that is there for it. */
class PlantedFaultTest {

    static final String FAULT = "ota.planted-fault";

    @TempDir
    private Path reports;

    /** Runs only the test that must catch it: all of them, for each of the faults, would take minutes. */
    @ParameterizedTest
    @EnumSource
    void is_caught(PlantedFault fault) throws IOException {
        JsonNode report = ContractRun.of(
                suite(fault.host()),
                reports,
                Map.of(FAULT, fault.name()),
                test -> test.getDeclaringClass().equals(fault.contract())
                        && test.getName().equals(fault.test()));

        assertThat(report.path("verdict").asText()).isEqualTo("fails");
        assertThat(ContractRun.tests(report, "failed"))
                .isNotEmpty()
                .allMatch(failed -> failed.startsWith(fault.contract().getSimpleName() + "." + fault.test()));
    }

    @ParameterizedTest
    @EnumSource
    void a_sound_backend_passes_in_the_same_harness(PlantedFault.Host host) throws IOException {
        JsonNode report = ContractRun.of(suite(host), reports, Map.of(), test -> true);

        assertThat(report.path("verdict").asText()).isEqualTo("conforms");
        assertThat(ContractRun.tests(report, "passed")).hasSizeGreaterThan(100);
    }

    @Test
    void every_contract_has_been_seen_to_bite() {
        assertThat(Stream.of(PlantedFault.values()).map(PlantedFault::contract))
                .contains(
                        BackendContract.class,
                        OperationContract.class,
                        FirmwareQueryContract.class,
                        FirmwareSearchContract.class,
                        FirmwareCommandContract.class,
                        ModuleQueryContract.class,
                        ModuleCommandContract.class);
    }

    private static Class<?> suite(PlantedFault.Host host) {
        return host == PlantedFault.Host.ACME ? FaultyAcme.class : FaultyMemory.class;
    }
}
