package io.otabridge.contracts.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.otabridge.contracts.BackendContract;
import io.otabridge.contracts.FirmwareCommandContract;
import io.otabridge.contracts.FirmwareQueryContract;
import io.otabridge.contracts.FirmwareSearchContract;
import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.ModuleQueryContract;
import io.otabridge.contracts.OperationContract;
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

/** The contracts bite: each fault that adapters make is caught by the test that is there for it. */
class PlantedFaultTest {

    static final String FAULT = "ota.planted-fault";

    /** Runs only the test that must catch it: all of them, for each of the faults, would take minutes. */
    @ParameterizedTest
    @EnumSource
    void is_caught(PlantedFault fault) {
        Method test = Stream.of(fault.contract().getDeclaredMethods())
                .filter(method -> method.getName().equals(fault.test()))
                .findFirst()
                .orElseThrow();

        TestExecutionSummary summary = run(selectMethod(suite(fault.host()), test), Map.of(FAULT, fault.name()));

        assertThat(summary.getTestsFailedCount()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void a_sound_backend_passes_in_the_same_harness(PlantedFault.Host host) {
        TestExecutionSummary summary = run(selectClass(suite(host)), Map.of());

        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSkippedCount()).isZero();
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(100);
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
