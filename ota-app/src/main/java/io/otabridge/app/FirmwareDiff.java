package io.otabridge.app;

import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * Where two backends differ. Packages with the same product, target and version are taken for the same one; a product is
 * the same if the configuration gives it one name, or else if it has one id. Several packages with the same coordinates
 * are paired in the order of their creation.
 *
 * @param left the name of the one backend
 * @param right the name of the other
 * @param differences in the order of product, target and version
 * @param same how many packages are on both sides without a difference
 * @param uncompared how many of these could be compared by their coordinates only, because the backends tell neither a
 *     size nor a digest of the same kind; Huawei Cloud IoTDA knows SHA-256, Alibaba Cloud IoT Platform MD5
 */
public record FirmwareDiff(String left, String right, List<Difference> differences, int same, int uncompared) {

    /** Whether there is no difference. */
    public boolean isSame() {
        return differences.isEmpty();
    }

    /** One difference. The same two packages may have several. */
    public sealed interface Difference {

        /** The product's name in the configuration, else its id; absent where the backend does not say the product. */
        Option<String> product();

        /** The package, as the left side tells of it where it is there. */
        FirmwareSummary firmware();
    }

    /** Only the left side has it. */
    public record OnlyLeft(Option<String> product, FirmwareSummary firmware) implements Difference {}

    /** Only the right side has it. */
    public record OnlyRight(Option<String> product, FirmwareSummary firmware) implements Difference {}

    /**
     * Both have it, with different files.
     *
     * @param what differs, such as {@code size 924 and 925 bytes}
     */
    public record DifferentContent(Option<String> product, FirmwareSummary firmware, FirmwareSummary right, String what)
            implements Difference {}

    /** Verification permits a rollout on the left side, and on the right it does not. */
    public record VerifiedOnlyLeft(Option<String> product, FirmwareSummary firmware, FirmwareSummary right)
            implements Difference {}

    /** Verification permits a rollout on the right side, and on the left it does not. */
    public record VerifiedOnlyRight(Option<String> product, FirmwareSummary firmware, FirmwareSummary right)
            implements Difference {}
}
