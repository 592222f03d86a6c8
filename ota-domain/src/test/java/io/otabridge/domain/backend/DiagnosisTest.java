package io.otabridge.domain.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiagnosisTest {

    @Test
    void has_a_finding_for_every_check_that_was_skipped() {
        Diagnosis nothing = Diagnosis.skipped();

        assertThat(nothing.findings().map(Finding::check)).containsExactly(Check.values());
        assertThat(nothing.findings()).allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.SKIPPED);
            assertThat(finding.description()).isEqualTo("not checked by this adapter");
            assertThat(finding.advice()).isEmpty();
        });
        assertThat(nothing.hasFailed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OBJECT_STORE")
    void skipped_checks_name_the_failed_check(Check failed) {
        Diagnosis diagnosis = new Diagnosis(List.of(Finding.failed(failed, "It is broken", "Repair it")));

        assertThat(diagnosis.hasFailed()).isTrue();
        assertThat(diagnosis.findings().reject(Finding::hasFailed))
                .hasSize(Check.values().length - 1)
                .allSatisfy(finding ->
                        assertThat(finding.description()).endsWith("because of failed checks: " + failed.code()));
    }

    @Test
    void a_failed_check_of_the_object_store_skips_no_other() {
        Diagnosis diagnosis =
                new Diagnosis(List.of(Finding.failed(Check.OBJECT_STORE, "It is not reachable", "Check it")));

        assertThat(diagnosis.hasFailed()).isTrue();
        assertThat(diagnosis.findings().reject(Finding::hasFailed))
                .noneSatisfy(finding -> assertThat(finding.description()).contains(Check.OBJECT_STORE.code()));
    }

    @Test
    void sorts_findings_by_check_and_keeps_several_of_one_check() {
        Finding quota = Finding.warning(Check.QUOTA, "It is exceeded", "Turn pacing on");
        Finding shared = Finding.ok(Check.QUOTA, "It is shared");
        Finding dns = Finding.ok(Check.DNS, "The name is known");

        Diagnosis diagnosis = new Diagnosis(List.of(quota, shared, dns));

        assertThat(diagnosis.findings().head()).isEqualTo(dns);
        assertThat(diagnosis.of(Check.QUOTA)).containsExactly(quota, shared);
        assertThat(diagnosis.findings()).hasSize(Check.values().length + 1);
    }

    @Test
    void a_warning_is_not_a_failure() {
        assertThat(new Diagnosis(List.of(Finding.warning(Check.CLOCK, "It is slow", "Set it"))).hasFailed())
                .isFalse();
    }

    @Test
    void a_skipped_check_names_all_failed_checks() {
        Diagnosis diagnosis = new Diagnosis(List.of(
                Finding.failed(Check.QUOTA, "Too many calls", "Wait"), Finding.failed(Check.TLS, "Old", "Renew")));

        assertThat(diagnosis.of(Check.SCOPE).head().description())
                .isEqualTo("not checked because of failed checks: tls, quota");
    }
}
