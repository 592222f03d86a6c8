package io.otabridge.app.promotion;

import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * Which package to publish on other backends, and how. Immutable.
 *
 * @param firmware the id of the package on the source
 * @param from the name of the source in the configuration
 * @param to the names of the targets in the configuration
 * @param spoolDirectory where the files are stored until they are published; absent for the system's temporary directory
 * @param maxBytes the maximum size of a file
 * @param isDryRun whether nothing is downloaded and changed
 * @param listener returns the listener for the transfers of a backend, by its name; for the source they are downloads.
 *     Uploads to several targets run at the same time, so it must be safe for use by multiple threads. The second
 *     argument is whether it is an upload
 */
public record PromotionRequest(
        FirmwareId firmware,
        String from,
        List<String> to,
        Option<Path> spoolDirectory,
        long maxBytes,
        boolean isDryRun,
        BiFunction<String, Boolean, TransferListener> listener) {

    /** @throws IllegalArgumentException if there is no target, one occurs twice or is the source, or the size is invalid */
    public PromotionRequest {
        if (to.isEmpty()) {
            throw new IllegalArgumentException("a promotion needs a backend to publish on");
        }
        if (to.contains(from) || to.distinct().size() < to.size()) {
            throw new IllegalArgumentException("firmware of backend \"" + from
                    + "\" must be promoted to other backends, each once, but they are " + to.mkString(", "));
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1 but is " + maxBytes);
        }
    }

    /**
     * Returns a request to publish a package on other backends.
     *
     * @throws IllegalArgumentException if there is no target, one occurs twice, or is the source
     */
    public static PromotionRequest of(FirmwareId firmware, String from, String... to) {
        return new PromotionRequest(
                firmware,
                from,
                List.of(to),
                Option.none(),
                Download.DEFAULT_MAX_BYTES,
                false,
                (backend, isUpload) -> TransferListener.NONE);
    }

    /** Returns a copy that stores the files in this directory until they are published. */
    public PromotionRequest spoolDirectory(Path directory) {
        return new PromotionRequest(firmware, from, to, Option.some(directory), maxBytes, isDryRun, listener);
    }

    /**
     * Returns a copy with another maximum size of a file.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public PromotionRequest maxBytes(long limit) {
        return new PromotionRequest(firmware, from, to, spoolDirectory, limit, isDryRun, listener);
    }

    /** Returns a copy that downloads and changes nothing, and returns what would happen as far as that is known. */
    public PromotionRequest dryRun() {
        return new PromotionRequest(firmware, from, to, spoolDirectory, maxBytes, true, listener);
    }

    /** Returns a copy with this listener of transfers. */
    public PromotionRequest listener(BiFunction<String, Boolean, TransferListener> newListener) {
        return new PromotionRequest(firmware, from, to, spoolDirectory, maxBytes, isDryRun, newListener);
    }
}
