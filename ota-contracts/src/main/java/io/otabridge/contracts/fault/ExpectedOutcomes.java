package io.otabridge.contracts.fault;

import io.otabridge.domain.OtaFailure;

/** The expected outcome of each call type under a fault. */
public record ExpectedOutcomes(ExpectedOutcome query, ExpectedOutcome deletion, ExpectedOutcome creation) {

    /** The same outcome for all call types. */
    public static ExpectedOutcomes same(ExpectedOutcome outcome) {
        return new ExpectedOutcomes(outcome, outcome, outcome);
    }

    /** The vendor reports an outage. Queries and deletions are attempted three times, creations once. */
    public static ExpectedOutcomes outage() {
        return new ExpectedOutcomes(
                ExpectedOutcome.unavailable(3), ExpectedOutcome.unavailable(3), ExpectedOutcome.unavailable(1));
    }

    /** The response is lost, so the outcome of a change is unknown. Calls are retried as for an {@link #outage}. */
    public static ExpectedOutcomes lost() {
        return new ExpectedOutcomes(
                ExpectedOutcome.unavailable(3), ExpectedOutcome.unknown(3), ExpectedOutcome.unknown(1));
    }

    /** No complete response arrives before the deadline. There is no time for a retry. */
    public static ExpectedOutcomes late() {
        return new ExpectedOutcomes(ExpectedOutcome.late(), ExpectedOutcome.unknown(1), ExpectedOutcome.unknown(1));
    }

    /** The vendor throttles. All calls are attempted three times. */
    public static ExpectedOutcomes limited() {
        return same(ExpectedOutcome.limited(3));
    }

    /** Access is denied after this number of attempts. */
    public static ExpectedOutcomes denied(int calls) {
        return same(ExpectedOutcome.at(OtaFailure.AccessDenied.class).after(calls));
    }

    /**
     * The vendor rejects the request with an error code. After a rejected deletion the port checks whether the package
     * still exists, and meets the fault again.
     */
    public static ExpectedOutcomes rejectedWithCode() {
        ExpectedOutcome once = ExpectedOutcome.at(OtaFailure.Rejected.class);
        return new ExpectedOutcomes(once, once.after(2), once);
    }

    /** Returns the outcome for this call type. */
    public ExpectedOutcome of(CallType call) {
        return switch (call) {
            case FIRMWARE -> query;
            case DELETION -> deletion;
            case CREATION -> creation;
        };
    }
}
