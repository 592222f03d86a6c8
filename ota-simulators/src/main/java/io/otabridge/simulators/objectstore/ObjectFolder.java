package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.Digests;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a simulated object store, by bucket and key, and their files. The files are in a temporary folder,
 * which is created for the first of them and deleted by {@link #close} or at the end of the JVM.
 */
final class ObjectFolder implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Map<Address, StoredObject> objects = new TreeMap<>();
    private final AtomicLong receivedBytes = new AtomicLong();
    private @Nullable Path folder;
    private @Nullable Thread atExit;
    private boolean isClosed;
    private long lastFile;

    /** The address of an object. Sorts by bucket and key. */
    private record Address(String bucket, String key) implements Comparable<Address> {

        @Override
        public int compareTo(Address other) {
            int byBucket = bucket.compareTo(other.bucket);
            return byBucket == 0 ? key.compareTo(other.key) : byBucket;
        }
    }

    /**
     * Bytes that were written to a file.
     *
     * @param size the number of bytes read, which may be more than were written
     * @param md5 the MD5 of the written bytes, as lower-case hexadecimal digits
     */
    record Content(Path file, long size, String md5) {

        byte[] md5Bytes() {
            return HexFormat.of().parseHex(md5);
        }
    }

    /**
     * Writes a stream to a new file.
     *
     * @param max the maximum number of bytes to write; more are read and counted
     */
    Content write(InputStream body, long max) throws IOException {
        Path file = newFile();
        MessageDigest digest = Digests.newDigest("MD5");
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        boolean isComplete = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                int kept = (int) Math.min(count, Math.max(0, max - size));
                out.write(buffer, 0, kept);
                digest.update(buffer, 0, kept);
                size += count;
                receivedBytes.addAndGet(count);
            }
            isComplete = true;
        } finally {
            if (!isComplete) {
                delete(file);
            }
        }
        return new Content(file, size, Digests.hex(digest.digest()));
    }

    /** Moves the bytes of several files into a new file. */
    Path join(List<Path> parts) throws IOException {
        Path file = newFile();
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (Path part : parts) {
                Files.copy(part, out);
                delete(part);
            }
        }
        return file;
    }

    void put(String bucket, String key, StoredObject object) {
        @Nullable StoredObject old;
        synchronized (this) {
            old = objects.put(new Address(bucket, key), object);
        }
        if (old != null) {
            delete(old.file());
        }
    }

    synchronized Option<StoredObject> find(String bucket, String key) {
        return Option.of(objects.get(new Address(bucket, key)));
    }

    /** Deletes an object. Returns whether it existed. */
    boolean remove(String bucket, String key) {
        @Nullable StoredObject old;
        synchronized (this) {
            old = objects.remove(new Address(bucket, key));
        }
        if (old != null) {
            delete(old.file());
        }
        return old != null;
    }

    synchronized List<String> keys(String bucket) {
        return objects.keySet().stream()
                .filter(address -> address.bucket().equals(bucket))
                .map(Address::key)
                .toList();
    }

    /** Returns the number of bytes of all files that were received, rejected and incomplete ones included. */
    long receivedBytes() {
        return receivedBytes.get();
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Path newFile() throws IOException {
        if (isClosed) {
            throw new IOException("the object store is closed");
        }
        if (folder == null) {
            folder = Files.createTempDirectory("ota-simulator-");
            atExit = new Thread(this::deleteFolder, "ota-simulator-exit");
            Runtime.getRuntime().addShutdownHook(atExit);
        }
        return folder.resolve(String.valueOf(++lastFile));
    }

    @Override
    public void close() {
        @Nullable Thread hook;
        synchronized (this) {
            isClosed = true;
            hook = atExit;
            atExit = null;
        }
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyShuttingDown) {
                return;
            }
            deleteFolder();
        }
    }

    private synchronized void deleteFolder() {
        isClosed = true;
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(ObjectFolder::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        delete(folder);
        folder = null;
    }
}
