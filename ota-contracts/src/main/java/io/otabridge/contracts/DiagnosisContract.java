package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What a backend tells of itself that is in trouble: {@link io.otabridge.domain.backend.Backend#diagnose}. */
public interface DiagnosisContract extends BackendContract {

    /** A backend that looks for what is wrong with it finds it, with few questions; one that does not says so. */
    @ParameterizedTest
    @ArgumentsSource(PlayedScenarios.class)
    default void diagnoses_itself_without_a_secret_when(FailureScenario trouble) {
        assumeTrue(canBefall(trouble), trouble + " cannot befall this backend");
        givenTrouble(trouble);
        int before = requestsSent();

        Diagnosis diagnosis = backend(trouble).diagnose();

        boolean looks = diagnosis.findings().exists(found -> found.severity() != Finding.Severity.SKIPPED);
        assertThat(diagnosis.hasFailed()).as(diagnosis.toString()).isEqualTo(looks);
        assertThat(requestsSent() - before).as("requests").isLessThanOrEqualTo(looks ? 10 : 0);
        diagnosis.findings().forEach(found -> {
            assertThat(found.what()).isNotBlank();
            found.advice().forEach(advice -> assertThat(advice).isNotBlank().doesNotEndWith("."));
        });
        secrets().forEach(secret -> assertThat(diagnosis.toString()).doesNotContain(secret));
    }
}
