package io.otabridge.domain.backend;

import io.vavr.collection.List;
import java.util.Comparator;

/**
 * The findings about a backend. Every {@link Check} has at least one finding. Immutable.
 *
 * @param findings in the order of the checks
 */
public record Diagnosis(List<Finding> findings) {

    /** Sorts the findings, and adds a skipped finding with the reason for each check that has none. */
    public Diagnosis {
        List<Finding> sorted = findings.sorted(Comparator.comparing(Finding::check));
        List<String> failed = sorted.filter(Finding::hasFailed)
                .map(Finding::check)
                .filter(check -> check != Check.OBJECT_STORE)
                .map(Check::code)
                .distinct();
        String reason = failed.isEmpty()
                ? "not checked by this adapter"
                : "not checked because of failed checks: " + failed.mkString(", ");
        findings = List.of(Check.values())
                .flatMap(check -> sorted.exists(found -> found.check() == check)
                        ? sorted.filter(found -> found.check() == check)
                        : List.of(Finding.skipped(check, reason)));
    }

    /** Returns a diagnosis in which every check is skipped. */
    public static Diagnosis skipped() {
        return new Diagnosis(List.empty());
    }

    /** Returns whether any check failed. */
    public boolean hasFailed() {
        return findings.exists(Finding::hasFailed);
    }

    /** Returns the findings of this check; at least one. */
    public List<Finding> of(Check check) {
        return findings.filter(found -> found.check() == check);
    }
}
