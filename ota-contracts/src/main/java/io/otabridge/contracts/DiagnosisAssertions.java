package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;

/** Assertions on diagnoses of a backend. */
public final class DiagnosisAssertions {

    private DiagnosisAssertions() {}

    /**
     * Diagnoses this backend and checks that every finding has a text, and advice if it is a warning or an error.
     *
     * @param secrets the texts that the diagnosis must not contain
     */
    public static Diagnosis of(Backend backend, Iterable<String> secrets) {
        Diagnosis diagnosis = backend.diagnose();
        secrets.forEach(secret -> assertThat(diagnosis.toString()).doesNotContain(secret));
        assertThat(diagnosis.findings()).allSatisfy(found -> {
            assertThat(found.description()).isNotBlank().doesNotEndWith(".");
            assertThat(found.advice().isDefined())
                    .isEqualTo(found.hasFailed() || found.severity() == Finding.Severity.WARNING);
            found.advice().forEach(advice -> assertThat(advice).isNotBlank().doesNotEndWith("."));
        });
        return diagnosis;
    }

    /** Checks that only this check has failed, and that its finding starts with this text. */
    public static void assertWrong(Diagnosis diagnosis, Check check, String what) {
        assertThat(wrong(diagnosis)).containsExactly(check);
        assertThat(what(diagnosis, check)).startsWith(what);
    }

    /** Returns the checks that have failed. */
    public static List<Check> wrong(Diagnosis diagnosis) {
        return diagnosis.findings().filter(Finding::hasFailed).map(Finding::check);
    }

    /** Returns the severities of these checks, in the given order. */
    public static List<Finding.Severity> severities(Diagnosis diagnosis, Check... checks) {
        return List.of(checks).flatMap(diagnosis::of).map(Finding::severity);
    }

    /** Returns the first finding of this check. */
    public static Finding finding(Diagnosis diagnosis, Check check) {
        return diagnosis.of(check).head();
    }

    /** Returns the text of the first finding of this check. */
    public static String what(Diagnosis diagnosis, Check check) {
        return finding(diagnosis, check).description();
    }
}
