package io.otabridge.app;

import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * Where two backends differ. Packages with the same product, target and version are taken for the same one; a product is
 * the same if the configuration gives it one name on both backends, or else if it has one id. Several packages with the same
 * coordinates are paired by equal content, and the rest in the order of their creation.
 *
 * @param left the name of the one backend
 * @param right the name of the other
 * @param differences in the order of product, target and version
 * @param same how many packages are on both sides without a difference
 * @param uncompared how many of these may hold other bytes all the same, because the backends send no digests of one algorithm, or
 *     placeholders in place of digests; Huawei Cloud IoTDA knows SHA-256, Alibaba Cloud IoT Platform usually MD5
 */
public record FirmwareDiff(String left, String right, List<Difference> differences, int same, int uncompared) {

    /** Whether there is no difference. */
    public boolean isSame() {
        return differences.isEmpty();
    }

    /** How the two sides differ. */
    public enum Kind {
        /** The left side has it, the right does not. */
        ONLY_LEFT,
        /** The right side has it, the left does not. */
        ONLY_RIGHT,
        /** Both have it, with different files. */
        DIFFERENT_CONTENT,
        /** Both have it, for devices with different versions: a full image and a delta, or other source versions. */
        DIFFERENT_SOURCES,
        /** Verification permits a rollout on the left side, and on the right it does not. */
        VERIFIED_ONLY_LEFT,
        /** Verification permits a rollout on the right side, and on the left it does not. */
        VERIFIED_ONLY_RIGHT
    }

    /**
     * One difference. The same two packages may have several.
     *
     * @param product the product's name in the configuration, else its id; absent where the backend does not say the product
     * @param left the package on the left side; absent if it is not there
     * @param right the package on the right side; absent if it is not there
     * @param details how content or sources differ, such as {@code size 924 and 925 bytes}; absent for other differences
     */
    public record Difference(
            Kind kind,
            Option<String> product,
            Option<FirmwareSummary> left,
            Option<FirmwareSummary> right,
            Option<String> details) {

        /** The package, as the left side tells of it where it is there. */
        public FirmwareSummary firmware() {
            return left.orElse(right).get();
        }
    }
}
