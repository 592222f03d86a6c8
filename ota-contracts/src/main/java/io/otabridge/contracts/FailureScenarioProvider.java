package io.otabridge.contracts;

import io.otabridge.contracts.scenario.FailureScenario;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Provides the failure scenarios that {@link OperationContract} and {@link DiagnosisContract} apply in a test class.
 */
final class FailureScenarioProvider implements ArgumentsProvider {

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        boolean isLimited =
                AnnotationSupport.isAnnotated(context.getRequiredTestClass(), DecodersTestedElsewhere.class);
        return Arrays.stream(FailureScenario.values())
                .filter(scenario -> !isLimited || scenario.dependsOnOperation())
                .map(Arguments::of);
    }
}
