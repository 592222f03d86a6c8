package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The contract of {@link io.otabridge.domain.backend.Backend#diagnose} while the vendor fails. */
public interface DiagnosisContract extends BackendContract {

    /**
     * A backend with a diagnosis finds the failure with at most ten requests. A backend without one skips every check
     * and sends none.
     */
    @ParameterizedTest
    @ArgumentsSource(FailureScenarioProvider.class)
    default void diagnosis_finds_the_failure_and_shows_no_secret(FailureScenario scenario) {
        assumeTrue(supportsScenario(scenario), scenario + " cannot occur with this backend");
        givenFailure(scenario);
        int before = requestsSent();

        Diagnosis diagnosis = backend(scenario).diagnose();

        boolean hasDiagnosis = diagnosis.findings().exists(found -> found.severity() != Finding.Severity.SKIPPED);
        assertThat(diagnosis.hasFailed()).as(diagnosis.toString()).isEqualTo(hasDiagnosis);
        assertThat(requestsSent() - before).as("requests").isLessThanOrEqualTo(hasDiagnosis ? 10 : 0);
        diagnosis.findings().forEach(found -> {
            assertThat(found.description()).isNotBlank();
            found.advice().forEach(advice -> assertThat(advice).isNotBlank().doesNotEndWith("."));
        });
        secrets().forEach(secret -> assertThat(diagnosis.toString()).doesNotContain(secret));
    }
}
