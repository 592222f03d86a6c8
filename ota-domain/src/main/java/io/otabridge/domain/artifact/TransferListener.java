package io.otabridge.domain.artifact;

/**
 * Receives the progress of uploads and downloads, on the thread that transfers the bytes. It is called for each block of
 * up to 64 KiB, so thousands of times for a large file: it must be fast and must not throw. Files of one call are
 * transferred one after the other.
 */
@FunctionalInterface
public interface TransferListener {

    /** A listener that does nothing. */
    TransferListener NONE = (file, bytes, total) -> {};

    /**
     * Called after some bytes were transferred, and with the full size at the end. The number is smaller than before if
     * a transfer starts again.
     *
     * @param file the name of the file
     * @param bytes the number of bytes transferred so far, including those of an earlier attempt that was resumed
     * @param total the size of the file in bytes; -1 if unknown
     */
    void transferred(String file, long bytes, long total);
}
