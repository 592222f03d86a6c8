package io.otabridge.testkit;

/** How each kind of call ends that meets a fault. */
public record Endings(Ending question, Ending deletion, Ending creation) {

    /** All end alike. */
    public static Endings same(Ending ending) {
        return new Endings(ending, ending, ending);
    }

    /**
     * Nobody knows what the vendor has done. What may be done twice is asked for three times, and a creation once; then they are
     * {@link io.otabridge.domain.OtaFailure.Unavailable}.
     */
    public static Endings lost() {
        return new Endings(Ending.unavailable(3), Ending.unavailable(3), Ending.unavailable(1));
    }

    /** How this call ends. */
    public Ending of(Act act) {
        return switch (act) {
            case FIRMWARE, MODULE -> question;
            case DELETION -> deletion;
            case CREATION -> creation;
        };
    }
}
