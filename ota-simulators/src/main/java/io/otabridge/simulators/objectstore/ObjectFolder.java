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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a simulated object store, by bucket and key, and their files. The files are in a temporary folder,
 * which is created for the first of them and deleted by {@link #close} or at the end of the JVM. A generated object gets
 * its file when it is read for the first time.
 */
final class ObjectFolder implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Map<Address, StoredObject> objects = new TreeMap<>();
    private final List<Generator> generators = new ArrayList<>();
    private final Map<Address, StoredObject> generated = new HashMap<>();
    private final Set<Address> removedGenerated = new HashSet<>();
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

    /** Generates the objects of a bucket. */
    private record Generator(
            String bucket, Function<String, Option<GeneratedFile>> files, Function<Content, StoredObject> toObject) {}

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

    /**
     * Adds generated objects to a bucket. A stored object with the same key is used instead.
     *
     * @param files returns the file with a key
     */
    synchronized void generate(
            String bucket, Function<String, Option<GeneratedFile>> files, Function<Content, StoredObject> toObject) {
        generators.add(new Generator(bucket, files, toObject));
    }

    synchronized Option<StoredObject> find(String bucket, String key) {
        Address address = new Address(bucket, key);
        return Option.of(objects.get(address))
                .orElse(() -> Option.of(generated.get(address)))
                .orElse(() -> generateObject(address));
    }

    private Option<StoredObject> generateObject(Address address) {
        if (removedGenerated.contains(address)) {
            return Option.none();
        }
        for (Generator generator : generators) {
            Option<GeneratedFile> file = generator.bucket().equals(address.bucket())
                    ? generator.files().apply(address.key())
                    : Option.none();
            if (file.isDefined()) {
                StoredObject object = generator.toObject().apply(write(file.get()));
                generated.put(address, object);
                return Option.some(object);
            }
        }
        return Option.none();
    }

    private Content write(GeneratedFile file) {
        try {
            return new Content(Files.write(newFile(), file.content()), file.size(), file.md5());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes an object. Returns whether it existed. */
    boolean remove(String bucket, String key) {
        Address address = new Address(bucket, key);
        Option<StoredObject> old;
        synchronized (this) {
            old = find(bucket, key);
            objects.remove(address);
            generated.remove(address);
            removedGenerated.add(address);
        }
        old.forEach(object -> delete(object.file()));
        return old.isDefined();
    }

    /** Returns the keys of the objects of a bucket, without the generated ones. */
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
