package io.otabridge.domain.firmware;

import io.vavr.control.Option;
import java.util.Comparator;

/**
 * Tells which of two versions is newer. An order may be partial: it says so when two versions cannot be compared, and never
 * guesses. If it can compare a version with two others, it can compare those two with each other. Implementations are safe
 * for use by many threads.
 */
@FunctionalInterface
public interface VersionComparator {

    /**
     * The precedence of "Semantic Versioning 2.0.0", and numbers by value for other versions of one form.
     *
     * <ul>
     *   <li>Semantic versions have two or more numbers, such as {@code 1.2}, {@code v1.2.3} or {@code 1.2.3.4-rc.1+build}.
     *       A leading {@code v} or {@code V} and the build metadata after {@code +} are ignored, a missing number is 0, and a
     *       pre-release comes before its release. Numbers are compared by value, leading zeros included. One rule differs from
     *       the specification: within a pre-release identifier of digits and letters, digits are compared by value too, so
     *       that {@code 1.0.0-rc9} comes before {@code 1.0.0-rc10}.
     *   <li>Other versions can be compared if they are the same text apart from their numbers (digits 0 to 9), such as {@code
     *       app-1.0.9-20190530.1700} and {@code app-1.0.10-20190601.0900}, or {@code 1.0.9(build7)} and {@code
     *       1.0.10(build1)}. The first number that differs decides.
     *   <li>All other pairs cannot be compared, such as {@code 1.2.0} and {@code app-1.3.0}, or {@code stable} and {@code
     *       beta}.
     * </ul>
     */
    VersionComparator SEMANTIC = SemanticVersion::compare;

    /**
     * Sorts any versions, for a list that people read: versions that {@link #SEMANTIC} can compare stand together in its
     * order, semantic versions last. It says nothing about which version is newer.
     */
    Comparator<FirmwareVersion> FOR_LISTS =
            Comparator.comparing((FirmwareVersion version) -> SemanticVersion.of(version), SemanticVersion.FOR_LISTS);

    /**
     * Compares two versions.
     *
     * @return less than 0 if the first is older, more than 0 if it is newer, and 0 if neither is; absent if they cannot be
     *     compared
     */
    Option<Integer> compare(FirmwareVersion first, FirmwareVersion second);

    /** An order that can compare any two versions, the older first. */
    static VersionComparator of(Comparator<FirmwareVersion> comparator) {
        return (first, second) -> Option.some(comparator.compare(first, second));
    }
}
