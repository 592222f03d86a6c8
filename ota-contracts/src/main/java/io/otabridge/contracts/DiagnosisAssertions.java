package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;

/** What tests check of diagnoses. */
public final class DiagnosisAssertions {

    private DiagnosisAssertions() {}

    /**
     * Diagnoses this backend, and checks that every finding is a text, and has advice if it needs some.
     *
     * @param secrets what the diagnosis must not show, whatever the vendor repeats
     */
    public static Diagnosis of(Backend backend, Iterable<String> secrets) {
        Diagnosis diagnosis = backend.diagnose();
        secrets.forEach(secret -> assertThat(diagnosis.toString()).doesNotContain(secret));
        assertThat(diagnosis.findings()).allSatisfy(found -> {
            assertThat(found.what()).isNotBlank().doesNotEndWith(".");
            assertThat(found.advice().isDefined())
                    .isEqualTo(found.hasFailed() || found.severity() == Finding.Severity.WARNING);
            found.advice().forEach(advice -> assertThat(advice).isNotBlank().doesNotEndWith("."));
        });
        return diagnosis;
    }

    /** Checks that this alone is wrong, and that it begins with this text. */
    public static void assertWrong(Diagnosis diagnosis, Check check, String what) {
        assertThat(wrong(diagnosis)).containsExactly(check);
        assertThat(what(diagnosis, check)).startsWith(what);
    }

    /** What is wrong. */
    public static List<Check> wrong(Diagnosis diagnosis) {
        return diagnosis.findings().filter(Finding::hasFailed).map(Finding::check);
    }

    /** The verdicts on these checks, in their order. */
    public static List<Finding.Severity> severities(Diagnosis diagnosis, Check... checks) {
        return List.of(checks).flatMap(diagnosis::of).map(Finding::severity);
    }

    /** The first finding of this check. */
    public static Finding finding(Diagnosis diagnosis, Check check) {
        return diagnosis.of(check).head();
    }

    /** What the first finding of this check says. */
    public static String what(Diagnosis diagnosis, Check check) {
        return finding(diagnosis, check).what();
    }
}
