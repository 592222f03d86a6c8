package io.otabridge.domain.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiagnosisTest {

    @Test
    void has_a_finding_for_every_check_even_if_nobody_looked() {
        Diagnosis nothing = Diagnosis.skipped();

        assertThat(nothing.findings().map(Finding::check)).containsExactly(Check.values());
        assertThat(nothing.findings()).allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.SKIPPED);
            assertThat(finding.what()).isEqualTo("this adapter does not look at it");
            assertThat(finding.advice()).isEmpty();
        });
        assertThat(nothing.hasFailed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void says_what_has_to_be_put_right_before_the_rest(Check wrong) {
        Diagnosis diagnosis = new Diagnosis(List.of(Finding.failed(wrong, "It is broken", "Mend it")));

        assertThat(diagnosis.hasFailed()).isTrue();
        assertThat(diagnosis.findings().reject(Finding::hasFailed))
                .hasSize(Check.values().length - 1)
                .allSatisfy(finding -> assertThat(finding.what()).endsWith("while this is wrong: " + wrong.word()));
    }

    @Test
    void puts_findings_in_the_order_of_the_checks_and_keeps_several_of_one() {
        Finding quota = Finding.warning(Check.QUOTA, "It is not kept to", "Switch pacing on");
        Finding shared = Finding.ok(Check.QUOTA, "It is shared");
        Finding dns = Finding.ok(Check.DNS, "The name is known");

        Diagnosis diagnosis = new Diagnosis(List.of(quota, shared, dns));

        assertThat(diagnosis.findings().head()).isEqualTo(dns);
        assertThat(diagnosis.of(Check.QUOTA)).containsExactly(quota, shared);
        assertThat(diagnosis.findings()).hasSize(Check.values().length + 1);
    }

    @Test
    void is_not_wrong_for_a_warning() {
        assertThat(new Diagnosis(List.of(Finding.warning(Check.CLOCK, "It is slow", "Set it"))).hasFailed())
                .isFalse();
    }

    @Test
    void names_everything_that_is_wrong_where_it_cannot_tell() {
        Diagnosis diagnosis = new Diagnosis(List.of(
                Finding.failed(Check.QUOTA, "Too many calls", "Wait"), Finding.failed(Check.TLS, "Old", "Renew")));

        assertThat(diagnosis.of(Check.SCOPE).head().what()).isEqualTo("cannot be told while this is wrong: tls, quota");
    }
}
