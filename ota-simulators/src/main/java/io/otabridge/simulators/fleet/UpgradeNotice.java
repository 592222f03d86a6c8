package io.otabridge.simulators.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cloud sends to a device that is to be upgraded.
 *
 * @param taskKey identifies the task at the cloud, and its attempt; a device ignores a repeated notice that it works on
 * @param module the module as the cloud names it, see {@link FleetDevice#versions}
 * @param version the new version
 * @param files at least one
 */
public record UpgradeNotice(String taskKey, String module, String version, List<File> files) {

    /** Copies the list. */
    public UpgradeNotice {
        files = List.copyOf(files);
    }

    /** Returns the size of all files in bytes. */
    long size() {
        return files.stream().mapToLong(File::size).sum();
    }

    /**
     * A file to download.
     *
     * @param url a link that needs no further credentials
     * @param size in bytes
     * @param algorithm {@code MD5} or {@code SHA-256}
     * @param digest hexadecimal digits; null if the device cannot verify the file
     */
    public record File(
            String url,
            long size,
            String algorithm,
            @Nullable String digest) {}
}
