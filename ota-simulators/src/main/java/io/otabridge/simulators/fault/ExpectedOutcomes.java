package io.otabridge.simulators.fault;

import io.otabridge.domain.OtaFailure;

/** How each kind of call ends that meets a fault. */
public record ExpectedOutcomes(ExpectedOutcome question, ExpectedOutcome deletion, ExpectedOutcome creation) {

    /** All end alike. */
    public static ExpectedOutcomes same(ExpectedOutcome ending) {
        return new ExpectedOutcomes(ending, ending, ending);
    }

    /** The vendor reports an outage: queries and deletions are sent three times, and a creation once. */
    public static ExpectedOutcomes outage() {
        return new ExpectedOutcomes(
                ExpectedOutcome.unavailable(3), ExpectedOutcome.unavailable(3), ExpectedOutcome.unavailable(1));
    }

    /** The response is lost, so that the outcome of a change is unknown. Calls are retried as after an {@link #outage}. */
    public static ExpectedOutcomes lost() {
        return new ExpectedOutcomes(
                ExpectedOutcome.unavailable(3), ExpectedOutcome.unknown(3), ExpectedOutcome.unknown(1));
    }

    /** No complete response arrives before the deadline, which leaves no time for a retry. */
    public static ExpectedOutcomes late() {
        return new ExpectedOutcomes(ExpectedOutcome.late(), ExpectedOutcome.unknown(1), ExpectedOutcome.unknown(1));
    }

    /** The vendor limits the rate, and all calls are sent three times. */
    public static ExpectedOutcomes limited() {
        return same(ExpectedOutcome.limited(3));
    }

    /** Access is denied after this number of calls. */
    public static ExpectedOutcomes denied(int calls) {
        return same(ExpectedOutcome.at(OtaFailure.AccessDenied.class).after(calls));
    }

    /** After a deletion that was rejected with a code, the port looks whether the package is gone, and meets the fault again. */
    public static ExpectedOutcomes rejectedWithCode() {
        ExpectedOutcome once = ExpectedOutcome.at(OtaFailure.Rejected.class);
        return new ExpectedOutcomes(once, once.after(2), once);
    }

    /** How this call ends. */
    public ExpectedOutcome of(CallType act) {
        return switch (act) {
            case FIRMWARE -> question;
            case DELETION -> deletion;
            case CREATION -> creation;
        };
    }
}
