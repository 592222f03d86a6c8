package io.otabridge.domain.backend;

import io.vavr.control.Option;
import java.util.Locale;

/**
 * What one check of a backend has found. No component ever holds a credential, a token or a signature.
 *
 * @param check what was looked at
 * @param verdict how it is
 * @param what what was found, or why nobody looked, as a sentence without a final stop
 * @param advice what to do about it, as a sentence without a final stop; absent if there is nothing to do
 */
public record Finding(Check check, Verdict verdict, String what, Option<String> advice) {

    /** How something is. */
    public enum Verdict {
        /** As it should be. */
        FINE,
        /** It works, but something about it is missing or will not last. */
        WARNING,
        /** Calls fail because of it. */
        WRONG,
        /** Nobody looked, or nobody can tell. */
        NOT_CHECKED;

        /** The word for programs, such as {@code not-checked}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static Finding fine(Check check, String what) {
        return new Finding(check, Verdict.FINE, what, Option.none());
    }

    public static Finding warning(Check check, String what, String advice) {
        return new Finding(check, Verdict.WARNING, what, Option.some(advice));
    }

    public static Finding wrong(Check check, String what, String advice) {
        return new Finding(check, Verdict.WRONG, what, Option.some(advice));
    }

    /** Nobody looked, for a reason that is a sentence without a final stop. */
    public static Finding notChecked(Check check, String why) {
        return new Finding(check, Verdict.NOT_CHECKED, why, Option.none());
    }

    /** Whether calls fail because of this. */
    public boolean isWrong() {
        return verdict == Verdict.WRONG;
    }
}
