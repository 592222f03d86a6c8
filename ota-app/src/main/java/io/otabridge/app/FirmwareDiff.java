package io.otabridge.app;

import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Locale;

/**
 * The differences between the packages of two backends. Packages with the same product, target and version are
 * compared. Two products are the same if the configuration gives them the same name on both backends, otherwise if they
 * have the same id. Several packages with the same coordinates are paired by equal content, and the rest by creation
 * time. Immutable.
 *
 * @param left the name of the first backend
 * @param right the name of the second backend
 * @param differences sorted by product, target and version
 * @param same the number of packages on both backends without a difference
 * @param uncompared how many of these could not be compared by content, because the backends send no digests of the
 *     same algorithm, or placeholders instead of digests; Huawei Cloud IoTDA uses SHA-256, Alibaba Cloud IoT Platform
 *     usually MD5
 */
public record FirmwareDiff(String left, String right, List<Difference> differences, int same, int uncompared) {

    /** Returns whether there is no difference. */
    public boolean isSame() {
        return differences.isEmpty();
    }

    /** The kind of a difference. */
    public enum Kind {
        /** The package exists only on the left backend. */
        ONLY_LEFT,
        /** The package exists only on the right backend. */
        ONLY_RIGHT,
        /** Both backends have the package, with different files. */
        DIFFERENT_CONTENT,
        /**
         * Both backends have the package, for devices with different versions: a full image and a delta, or different
         * source versions.
         */
        DIFFERENT_SOURCES,
        /** Verification permits a rollout only on the left backend. */
        VERIFIED_ONLY_LEFT,
        /** Verification permits a rollout only on the right backend. */
        VERIFIED_ONLY_RIGHT;

        /** Returns the identifier for output, such as {@code only-left}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One difference. Two packages may have several. Immutable.
     *
     * @param kind the kind of the difference
     * @param product the name of the product in the configuration, otherwise its id; absent if the backend does not
     *     send the product
     * @param left the package on the left backend; absent if it does not exist there
     * @param right the package on the right backend; absent if it does not exist there
     * @param details a description of different content or sources, such as {@code size 924 and 925 bytes}; absent for
     *     other differences
     */
    public record Difference(
            Kind kind,
            Option<String> product,
            Option<FirmwareSummary> left,
            Option<FirmwareSummary> right,
            Option<String> details) {

        /** Returns the package of the left backend, or that of the right one if only that exists. */
        public FirmwareSummary firmware() {
            return left.orElse(right).get();
        }
    }
}
