package io.otabridge.app.copy;

import io.otabridge.app.file.PrivateFiles;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * The files of packages that are being copied, with a limit of their bytes. The files of a package have a directory, whose
 * name is derived from the package's id, so that a later run finds them again. Safe for use by multiple threads.
 */
public final class Spool {

    private static final long UNIT = 1L << 20;
    private static final int NAME_LENGTH = 32;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{" + NAME_LENGTH + "}");

    private final Path directory;
    private final long limit;
    private final int workers;
    private final int permits;
    private final Semaphore free;

    /**
     * @param limit the maximum number of bytes of all files together
     * @param workers the number of packages that are copied at the same time
     */
    public Spool(Path directory, long limit, int workers) {
        this.directory = directory;
        this.limit = limit;
        this.workers = workers;
        this.permits = (int) Math.min(Integer.MAX_VALUE, units(limit));
        this.free = new Semaphore(permits, true);
    }

    /** Space for the files of one package. */
    public final class Reservation implements AutoCloseable {

        private final int count;
        private final AtomicBoolean isReleased = new AtomicBoolean();

        private Reservation(int count) {
            this.count = count;
        }

        /** Returns how many bytes a file may have. */
        public long maxBytes(FirmwareFile file) {
            return Math.max(1, file.size().getOrElse(share()));
        }

        @Override
        public void close() {
            if (!isReleased.getAndSet(true)) {
                free.release(count);
            }
        }
    }

    /**
     * Waits until there is space for the files of a package. A file of unknown size may have an equal share of the limit.
     *
     * @return the space; absent if the limit is too small for the package
     */
    public Option<Reservation> reserve(List<FirmwareFile> files) throws InterruptedException {
        long needed = files.map(file -> file.size().getOrElse(share())).sum().longValue();
        if (needed > limit) {
            return Option.none();
        }
        int count = (int) Math.min(permits, Math.max(1, units(needed)));
        free.acquire(count);
        return Option.some(new Reservation(count));
    }

    /** Returns the failure of a package for which the limit is too small. */
    public OtaFailure tooSmall(OperationContext origin, FirmwareId id) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of("The files of firmware {0} are larger than the spool limit of {1} bytes", id, limit),
                Message.of("Increase the limit")));
    }

    private long share() {
        return Math.max(1, limit / workers);
    }

    private static long units(long bytes) {
        return bytes / UNIT + (bytes % UNIT == 0 ? 0 : 1);
    }

    /** Creates and returns the directory for the files of a package. */
    public Path create(Backend backend, FirmwareId firmware) throws IOException {
        Path ofPackage = directory.resolve(name(backend, firmware));
        PrivateFiles.createDirectories(ofPackage);
        return ofPackage;
    }

    /** Deletes the files of a package. */
    public void delete(Backend backend, FirmwareId firmware) throws IOException {
        PrivateFiles.deleteDirectory(directory.resolve(name(backend, firmware)));
    }

    /** Deletes the directory with all files. */
    public void deleteAll() throws IOException {
        PrivateFiles.deleteDirectory(directory);
    }

    /**
     * Deletes the files of all other packages, which an earlier run has left behind. What no run has created is kept, such
     * as other files on the disk if the directory is a link to it.
     */
    public void retain(Backend backend, List<FirmwareId> firmware) throws IOException {
        if (Files.isDirectory(directory)) {
            Set<String> names = firmware.map(id -> name(backend, id)).toJavaSet();
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
                for (Path ofPackage : found) {
                    String name = ofPackage.getFileName().toString();
                    if (NAME.matcher(name).matches() && !names.contains(name)) {
                        PrivateFiles.deleteDirectory(ofPackage);
                    }
                }
            }
        }
    }

    private static String name(Backend backend, FirmwareId firmware) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((backend.name() + "/" + firmware).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
