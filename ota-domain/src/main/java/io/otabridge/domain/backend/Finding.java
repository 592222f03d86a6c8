package io.otabridge.domain.backend;

import io.vavr.control.Option;
import java.util.Locale;

/**
 * What one check of a backend has found. No component ever holds a credential, a token or a signature.
 *
 * @param check what was looked at
 * @param severity how it is
 * @param what what was found, or why nobody looked, as a sentence without a final stop
 * @param advice what to do about it, as a sentence without a final stop; absent if there is nothing to do
 */
public record Finding(Check check, Severity severity, String what, Option<String> advice) {

    /** How something is. */
    public enum Severity {
        /** As it should be. */
        OK,
        /** It works, but something about it is missing or will not last. */
        WARNING,
        /** Calls fail because of it. */
        FAILED,
        /** Nobody looked, or nobody can tell. */
        SKIPPED;

        /** The word for programs, such as {@code skipped}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static Finding ok(Check check, String what) {
        return new Finding(check, Severity.OK, what, Option.none());
    }

    public static Finding warning(Check check, String what, String advice) {
        return new Finding(check, Severity.WARNING, what, Option.some(advice));
    }

    public static Finding failed(Check check, String what, String advice) {
        return new Finding(check, Severity.FAILED, what, Option.some(advice));
    }

    /** Nobody looked, for a reason that is a sentence without a final stop. */
    public static Finding skipped(Check check, String why) {
        return new Finding(check, Severity.SKIPPED, why, Option.none());
    }

    /** Whether calls fail because of this. */
    public boolean hasFailed() {
        return severity == Severity.FAILED;
    }
}
