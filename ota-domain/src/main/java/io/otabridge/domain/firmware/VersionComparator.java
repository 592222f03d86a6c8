package io.otabridge.domain.firmware;

import io.vavr.control.Option;
import java.util.Comparator;

/**
 * Compares two versions. The order may be partial: the result is absent if two versions cannot be compared. If a
 * version is comparable with two others, those two must be comparable with each other. Implementations are safe for use
 * by multiple threads.
 */
@FunctionalInterface
public interface VersionComparator {

    /**
     * Compares by the precedence of "Semantic Versioning 2.0.0", and other versions of the same form by their numbers.
     *
     * <ul>
     *   <li>Semantic versions have two or more numbers, such as {@code 1.2}, {@code v1.2.3} or {@code
     *       1.2.3.4-rc.1+build}. A leading {@code v} or {@code V} and the build metadata after {@code +} are ignored, a
     *       missing number is 0, and a pre-release precedes its release. Numbers are compared by value, including those
     *       with leading zeros. One rule differs from the specification: within a pre-release identifier of digits and
     *       letters, digits are compared by value, so {@code 1.0.0-rc9} precedes {@code 1.0.0-rc10}.
     *   <li>Other versions can be compared if their texts are equal except for their numbers (digits 0 to 9), such as
     *       {@code app-1.0.9-20190530.1700} and {@code app-1.0.10-20190601.0900}, or {@code 1.0.9(build7)} and {@code
     *       1.0.10(build1)}. The first different number decides.
     *   <li>All other pairs cannot be compared, such as {@code 1.2.0} and {@code app-1.3.0}, or {@code stable} and
     *       {@code beta}.
     * </ul>
     */
    VersionComparator SEMANTIC = SemanticVersion::compare;

    /**
     * Sorts versions for display: versions that {@link #SEMANTIC} can compare are adjacent and in its order, semantic
     * versions last. It does not define which version is newer.
     */
    Comparator<FirmwareVersion> FOR_LISTS =
            Comparator.comparing((FirmwareVersion version) -> SemanticVersion.of(version), SemanticVersion.FOR_LISTS);

    /**
     * Compares two versions.
     *
     * @return negative if the first is older, positive if it is newer, 0 if they are equal in order; absent if they
     *     cannot be compared
     */
    Option<Integer> compare(FirmwareVersion first, FirmwareVersion second);

    /** Returns a total order, in which the smaller version is the older one. */
    static VersionComparator of(Comparator<FirmwareVersion> comparator) {
        return (first, second) -> Option.some(comparator.compare(first, second));
    }
}
