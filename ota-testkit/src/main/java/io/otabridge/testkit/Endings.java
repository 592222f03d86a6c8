package io.otabridge.testkit;

import io.otabridge.domain.OtaFailure;

/** How each kind of call ends that meets a fault. */
public record Endings(Ending question, Ending deletion, Ending creation) {

    /** All end alike. */
    public static Endings same(Ending ending) {
        return new Endings(ending, ending, ending);
    }

    /** The vendor reports an outage: queries and deletions are sent three times, and a creation once. */
    public static Endings outage() {
        return new Endings(Ending.unavailable(3), Ending.unavailable(3), Ending.unavailable(1));
    }

    /** The response is lost, so that the outcome of a change is unknown. Calls are retried as after an {@link #outage}. */
    public static Endings lost() {
        return new Endings(Ending.unavailable(3), Ending.unknown(3), Ending.unknown(1));
    }

    /** No complete response arrives before the deadline, which leaves no time for a retry. */
    public static Endings late() {
        return new Endings(Ending.late(), Ending.unknown(1), Ending.unknown(1));
    }

    /** The vendor limits the rate, and all calls are sent three times. */
    public static Endings limited() {
        return same(Ending.limited(3));
    }

    /** Access is denied after this number of calls. */
    public static Endings denied(int calls) {
        return same(Ending.at(OtaFailure.AccessDenied.class).after(calls));
    }

    /** After a deletion that was rejected with a code, the port looks whether the package is gone, and meets the fault again. */
    public static Endings rejectedWithCode() {
        Ending once = Ending.at(OtaFailure.Rejected.class);
        return new Endings(once, once.after(2), once);
    }

    /** How this call ends. */
    public Ending of(Act act) {
        return switch (act) {
            case FIRMWARE -> question;
            case DELETION -> deletion;
            case CREATION -> creation;
        };
    }
}
