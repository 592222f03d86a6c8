package io.otabridge.domain.backend;

import io.vavr.control.Option;
import java.util.Locale;

/**
 * The finding of one check of a backend. No component holds a credential, a token or a signature. Immutable.
 *
 * @param check the check
 * @param severity the outcome
 * @param description what was found, or why the check was skipped, as a sentence without a final period
 * @param advice what to do, as a sentence without a final period; absent if there is nothing to do
 */
public record Finding(Check check, Severity severity, String description, Option<String> advice) {

    /** The outcome of a check. */
    public enum Severity {
        /** The check passed. */
        OK,
        /** Calls work, but something is missing or will stop working. */
        WARNING,
        /** Calls fail because of this finding. */
        FAILED,
        /** The check was not performed, or has no definite outcome. */
        SKIPPED;

        /** Returns the identifier for output, such as {@code skipped}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Returns a finding without a problem. */
    public static Finding ok(Check check, String what) {
        return new Finding(check, Severity.OK, what, Option.none());
    }

    /** Returns a finding that does not fail calls yet. */
    public static Finding warning(Check check, String what, String advice) {
        return new Finding(check, Severity.WARNING, what, Option.some(advice));
    }

    /** Returns a finding that fails calls. */
    public static Finding failed(Check check, String what, String advice) {
        return new Finding(check, Severity.FAILED, what, Option.some(advice));
    }

    /**
     * Returns a finding for a check that was not performed.
     *
     * @param why the reason, as a sentence without a final period
     */
    public static Finding skipped(Check check, String why) {
        return new Finding(check, Severity.SKIPPED, why, Option.none());
    }

    /** Returns whether calls fail because of this finding. */
    public boolean hasFailed() {
        return severity == Severity.FAILED;
    }
}
