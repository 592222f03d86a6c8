package io.otabridge.domain.backend;

import io.vavr.collection.List;
import java.util.Comparator;

/**
 * How a backend is, check by check. Every {@link Check} has a finding, some have several, and they stand in the order of
 * the checks.
 */
public record Diagnosis(List<Finding> findings) {

    /** Sorts the findings, and adds why nobody looked where there is none: what is wrong before it. */
    public Diagnosis {
        List<Finding> sorted = findings.sorted(Comparator.comparing(Finding::check));
        List<String> wrong = sorted.filter(Finding::hasFailed)
                .map(found -> found.check().word())
                .distinct();
        String why = wrong.isEmpty()
                ? "this adapter does not look at it"
                : "cannot be told while this is wrong: " + wrong.mkString(", ");
        findings = List.of(Check.values())
                .flatMap(check -> sorted.exists(found -> found.check() == check)
                        ? sorted.filter(found -> found.check() == check)
                        : List.of(Finding.skipped(check, why)));
    }

    /** A diagnosis by an adapter that has nothing to say. */
    public static Diagnosis skipped() {
        return new Diagnosis(List.empty());
    }

    /** Whether calls fail because of anything that was found. */
    public boolean hasFailed() {
        return findings.exists(Finding::hasFailed);
    }

    /** What was found by this check; at least one finding. */
    public List<Finding> of(Check check) {
        return findings.filter(found -> found.check() == check);
    }
}
