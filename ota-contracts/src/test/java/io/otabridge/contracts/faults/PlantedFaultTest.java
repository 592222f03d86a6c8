package io.otabridge.contracts.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.otabridge.contracts.BackendContract;
import io.otabridge.contracts.DownloadContract;
import io.otabridge.contracts.FirmwareCommandContract;
import io.otabridge.contracts.FirmwareQueryContract;
import io.otabridge.contracts.FirmwareSearchContract;
import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.ModuleQueryContract;
import io.otabridge.contracts.OperationContract;
import io.otabridge.contracts.PublishContract;
import io.otabridge.contracts.ResourceListContract;
import io.otabridge.contracts.job.DeviceContract;
import io.otabridge.contracts.job.JobContract;
import io.otabridge.contracts.job.JobCreationContract;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Checks that the contracts detect the mistakes that adapters make. */
class PlantedFaultTest {

    static final String FAULT = "ota.planted-fault";

    /** Runs only the test that must detect the fault. All tests for all faults would take minutes. */
    @ParameterizedTest
    @EnumSource
    void is_detected(PlantedFault fault) {
        Method test = Stream.of(fault.contract().getDeclaredMethods())
                .filter(method -> method.getName().equals(fault.test()))
                .findFirst()
                .orElseThrow();

        TestExecutionSummary summary = run(selectMethod(suite(fault.host()), test), Map.of(FAULT, fault.name()));

        assertThat(summary.getTestsFailedCount()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void a_correct_backend_passes(PlantedFault.Host host) {
        TestExecutionSummary summary = run(selectClass(suite(host)), Map.of());

        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSkippedCount()).isZero();
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(100);
    }

    @Test
    void every_contract_detects_a_fault() {
        assertThat(Stream.of(PlantedFault.values()).map(PlantedFault::contract))
                .contains(
                        BackendContract.class,
                        OperationContract.class,
                        FirmwareQueryContract.class,
                        FirmwareSearchContract.class,
                        FirmwareCommandContract.class,
                        PublishContract.class,
                        DownloadContract.class,
                        ModuleQueryContract.class,
                        ModuleCommandContract.class,
                        ResourceListContract.class,
                        DeviceContract.class,
                        JobCreationContract.class,
                        JobContract.class);
    }

    private static TestExecutionSummary run(DiscoverySelector selector, Map<String, String> parameters) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector)
                                .configurationParameters(parameters)
                                .build(),
                        listener);
        return listener.getSummary();
    }

    private static Class<?> suite(PlantedFault.Host host) {
        return host == PlantedFault.Host.ACME ? FaultyAcme.class : FaultyMemory.class;
    }
}
