package io.otabridge.client.transfer;

import io.vavr.control.Option;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The temporary file of a download, beside its target, and a state file with the ETag and the size of the object, with
 * which a later process continues. The state file is locked while the download runs. Symbolic links at these names are
 * not followed. Used by one thread.
 */
final class PartialFile implements Closeable {

    private static final String SUFFIX = ".ota-part";
    private static final String STATE_SUFFIX = ".ota-part.state";

    /** An ETag that identifies the bytes (RFC 9110, section 8.8.3), and the size or -1. */
    private static final Pattern STATE = Pattern.compile("(\"[!#-~]*\")\n(-1|[0-9]{1,18})\n");

    private static final int MAX_STATE = 2_048;
    private static final int MAX_ATTEMPTS = 10;

    /** The targets of this process; a file lock does not exclude other threads of it. */
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path target;
    private final Path part;
    private final Path state;
    private final FileChannel lock;
    private @Nullable FileChannel data;
    private Option<String> etag = Option.none();
    private long size = -1;
    private long position;

    private PartialFile(Path target, FileChannel lock) {
        this.target = target;
        this.part = beside(target, SUFFIX);
        this.state = beside(target, STATE_SUFFIX);
        this.lock = lock;
    }

    /**
     * Opens the temporary file of a target, with the bytes of an earlier download if there are any.
     *
     * @throws IOException if another download to the target is running, or the target cannot be written
     */
    static PartialFile open(Path requested) throws IOException {
        Path target = resolved(requested);
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new FileSystemException(target.toString(), null, "it is not a regular file");
        }
        if (!IN_USE.add(target)) {
            throw running(target);
        }
        @Nullable PartialFile file = null;
        try {
            file = new PartialFile(target, lock(target, beside(target, STATE_SUFFIX)));
            file.load();
            return file;
        } catch (IOException | RuntimeException e) {
            if (file == null) {
                IN_USE.remove(target);
            } else {
                file.close();
            }
            throw e;
        }
    }

    private static Path resolved(Path requested) throws IOException {
        Path absolute = requested.toAbsolutePath();
        @Nullable Path folder = absolute.getParent();
        @Nullable Path name = absolute.getFileName();
        if (folder == null || name == null) {
            throw new FileSystemException(requested.toString(), null, "it is not a file");
        }
        try {
            return folder.toRealPath().resolve(name);
        } catch (NoSuchFileException e) {
            throw new FileSystemException(requested.toString(), null, "folder " + folder + " does not exist");
        }
    }

    private static Path beside(Path target, String suffix) {
        return target.resolveSibling(target.getFileName() + suffix);
    }

    private static FileSystemException running(Path target) {
        return new FileSystemException(target.toString(), null, "another download to it is running");
    }

    /**
     * Locks the state file. The process that held the lock may have deleted the file in the meantime, so the file must
     * be the same before and after.
     */
    private static FileChannel lock(Path target, Path state) throws IOException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Option<Object> before = identity(state);
            FileChannel channel = FileChannel.open(
                    state,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            boolean isLocked = false;
            try {
                // Beyond the content, which can then be read by other programs on every system.
                if (channel.tryLock(Long.MAX_VALUE - 1, 1, false) == null) {
                    throw running(target);
                }
                isLocked = before.isDefined() && before.equals(identity(state));
                if (isLocked) {
                    return channel;
                }
            } finally {
                if (!isLocked) {
                    channel.close();
                }
            }
        }
        throw running(target);
    }

    private static Option<Object> identity(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new FileSystemException(file.toString(), null, file.getFileName() + " is not a regular file");
            }
            return Option.some(Objects.requireNonNullElse(attributes.fileKey(), file));
        } catch (NoSuchFileException e) {
            return Option.none();
        }
    }

    private void load() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_STATE);
        while (lock.read(buffer) > 0) {
            // Reads to the end, or until the buffer is full.
        }
        Matcher text = STATE.matcher(new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII));
        if (!text.matches() || identity(part).isEmpty()) {
            return;
        }
        long length = Files.size(part);
        long total = Long.parseLong(text.group(2));
        if (length > 0 && (total < 0 || length <= total)) {
            data = FileChannel.open(part, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            etag = Option.some(text.group(1));
            size = total;
            position = length;
        }
    }

    /** The number of bytes in the file. */
    long position() {
        return position;
    }

    /** The size of the object; -1 if unknown. */
    long size() {
        return size;
    }

    /** The ETag of the object; absent if the file cannot be continued. */
    Option<String> etag() {
        return etag;
    }

    /** The bytes that the file system has for this user. */
    long usableSpace() throws IOException {
        return Files.getFileStore(part.toAbsolutePath().getParent()).getUsableSpace();
    }

    /** Adds the bytes in the file to the check. */
    void readInto(ContentCheck check) throws IOException {
        if (data == null) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (long count = 0; count < position; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), position - count));
            int read = data.read(buffer, count);
            if (read < 0) {
                throw new IOException("the temporary file was truncated");
            }
            check.update(buffer.array(), read);
            count += read;
        }
    }

    /** Starts over with an empty file. */
    void start(Option<String> newEtag, long newSize) throws IOException {
        discard();
        data = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        size = newSize;
        String text = newEtag.getOrElse("") + "\n" + newSize + "\n";
        if (STATE.matcher(text).matches()) {
            lock.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
            etag = newEtag;
        }
    }

    /** Sets the size that a later response states. */
    void learnSize(long newSize) {
        size = newSize;
    }

    void append(byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
            Objects.requireNonNull(data).write(buffer, position + buffer.position());
        }
        position += count;
    }

    /** Deletes the bytes and the state. */
    void discard() throws IOException {
        etag = Option.none();
        size = -1;
        position = 0;
        closeData();
        Files.deleteIfExists(part);
        lock.truncate(0);
    }

    /** Writes the bytes to the disk and renames the file to its target. */
    void publish() throws IOException {
        Objects.requireNonNull(data).force(true);
        closeData();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        etag = Option.none();
        try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Windows has no such operation; the file system writes the name later.
        }
    }

    private void closeData() throws IOException {
        if (data != null) {
            data.close();
            data = null;
        }
    }

    /** Keeps the bytes if a later download can continue, and deletes them otherwise. */
    @Override
    public void close() throws IOException {
        try (lock) {
            closeData();
            if (etag.isEmpty() || position == 0) {
                Files.deleteIfExists(part);
                Files.deleteIfExists(state);
            }
        } finally {
            IN_USE.remove(target);
        }
    }
}
