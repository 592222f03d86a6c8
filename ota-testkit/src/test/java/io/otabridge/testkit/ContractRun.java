package io.otabridge.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the contracts of a test class in a launcher of their own, whatever comes of it, and reads the report. */
public final class ContractRun {

    private ContractRun() {}

    /**
     * Runs a class.
     *
     * @param reports where the report goes
     * @param tests which of its tests
     */
    public static JsonNode of(Class<?> testClass, Path reports, Map<String, String> parameters, Predicate<Method> tests)
            throws IOException {
        PostDiscoveryFilter filter = descriptor -> FilterResult.includedIf(isMeant(descriptor, tests));
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(testClass))
                        .filters(filter)
                        .configurationParameters(parameters)
                        .configurationParameter(BackendContract.REPORT_DIRECTORY, reports.toString())
                        .build());
        return new ObjectMapper()
                .readTree(reports.resolve(testClass.getName() + ".json").toFile());
    }

    /** The tests with this outcome, as {@code Contract.test}, or {@code Contract.test(CASE)}. */
    public static List<String> tests(JsonNode report, String outcome) {
        List<String> found = new ArrayList<>();
        for (JsonNode suite : report.path("suites")) {
            for (JsonNode test : suite.path("tests")) {
                if (test.path("outcome").asText().equals(outcome)) {
                    found.add(suite.path("contract").asText() + "."
                            + test.path("test").asText()
                            + (test.path("case").isNull()
                                    ? ""
                                    : "(" + test.path("case").asText() + ")"));
                }
            }
        }
        return found;
    }

    private static boolean isMeant(TestDescriptor descriptor, Predicate<Method> tests) {
        return descriptor
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> tests.test(((MethodSource) source).getJavaMethod()))
                .orElse(true);
    }
}
