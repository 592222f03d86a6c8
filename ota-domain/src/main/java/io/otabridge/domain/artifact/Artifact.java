package io.otabridge.domain.artifact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * A file to publish, with its size and digests. They are computed once, in one pass, without holding the file in
 * memory. Every upload reads the bytes again and compares them with the digests, so a file that changes in between is
 * never published.
 *
 * <p>Safe for use by multiple threads if its source is. Closing it deletes the temporary file of {@link #spool}; for
 * other artifacts it has no effect.
 */
public final class Artifact implements AutoCloseable {

    private static final int BUFFER = 65_536;
    private static final String NAME_RULE = "must not be blank, contain a folder, or contain control characters";

    /** The source of an artifact's bytes. */
    @FunctionalInterface
    public interface Source {

        /** Opens the bytes from the start. The caller closes the stream. */
        InputStream open() throws IOException;
    }

    /** Releases what an artifact holds. */
    private interface Cleanup {
        void run() throws IOException;
    }

    private final String fileName;
    private final long length;
    private final Checksum sha256;
    private final Checksum md5;
    private final Source source;
    private final Cleanup cleanup;

    private Artifact(String fileName, Source source, Digests digests, Cleanup cleanup) {
        this(fileName, digests.length, hex(digests.sha256), hex(digests.md5), source, cleanup);
    }

    private Artifact(String fileName, long length, String sha256, String md5, Source source, Cleanup cleanup) {
        this.fileName = fileName;
        this.length = length;
        this.sha256 = Checksum.of(Checksum.SHA256, sha256);
        this.md5 = Checksum.of(Checksum.MD5, md5);
        this.source = source;
        this.cleanup = cleanup;
    }

    /**
     * Reads a file. A symbolic link is resolved once. Later reads fail if the file was modified or replaced.
     *
     * @throws IOException if it is not a regular file, is empty, cannot be read, or changes while it is read
     */
    public static Artifact of(Path file) throws IOException {
        return of(file, TransferListener.NONE);
    }

    /**
     * Reads a file as {@link #of(Path)} does.
     *
     * @param listener receives the progress of reading the file now, but not of later reads
     * @throws IOException if it is not a regular file, is empty, cannot be read, or changes while it is read
     */
    public static Artifact of(Path file, TransferListener listener) throws IOException {
        String fileName = nameOf(file);
        Path real = file.toRealPath();
        Identity identity = Identity.of(real);
        Artifact artifact = of(fileName, identity.size, () -> identity.open(real), listener);
        identity.check(real);
        return artifact;
    }

    /**
     * Returns an artifact with a copy of these bytes.
     *
     * @param fileName the name of the file, without a folder
     * @param bytes at least 1
     * @throws IllegalArgumentException if the name is invalid or there are no bytes
     */
    public static Artifact of(String fileName, byte[] bytes) {
        byte[] copy = bytes.clone();
        try {
            return of(fileName, copy.length, () -> new ByteArrayInputStream(copy));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a source that can be opened more than once.
     *
     * @param fileName the name of the file, without a folder
     * @param length the number of bytes, at least 1
     * @param source opened now, and again for each upload
     * @throws IOException if the source cannot be read, or has another length
     * @throws IllegalArgumentException if the name or the length is invalid
     */
    public static Artifact of(String fileName, long length, Source source) throws IOException {
        return of(fileName, length, source, TransferListener.NONE);
    }

    private static Artifact of(String fileName, long length, Source source, TransferListener listener)
            throws IOException {
        requireName(fileName);
        requireLength(length);
        Digests digests = new Digests(length, OutputStream.nullOutputStream());
        try (InputStream in = source.open()) {
            digests.readAll(in, read -> listener.transferred(fileName, read, length));
        }
        if (digests.length != length) {
            throw new IOException(fileName + " has " + (digests.length > length ? "more" : "fewer") + " than " + length
                    + " bytes; it changed while it was read, or its length is wrong");
        }
        return new Artifact(fileName, source, digests, () -> {});
    }

    /**
     * Copies a stream that can be read only once to a temporary file, which {@link #close} deletes.
     *
     * @param fileName the name of the file, without a folder
     * @param stream read to its end; the caller closes it
     * @param directory where the temporary file is created
     * @param maxLength the maximum number of bytes
     * @throws IOException if the stream is empty or longer than {@code maxLength}, or cannot be read or stored. The
     *     temporary file is deleted then
     * @throws IllegalArgumentException if the name is invalid
     */
    public static Artifact spool(String fileName, InputStream stream, Path directory, long maxLength)
            throws IOException {
        requireName(fileName);
        Path copy = Files.createTempFile(directory, "ota-", ".spool");
        boolean isComplete = false;
        try {
            Digests digests;
            try (OutputStream out = Files.newOutputStream(copy)) {
                digests = new Digests(maxLength, out);
                digests.readAll(stream, read -> {});
            }
            if (digests.length > maxLength) {
                throw new IOException(fileName + " is larger than the limit of " + maxLength + " bytes");
            }
            if (digests.length == 0) {
                throw new IOException(fileName + " is empty");
            }
            Artifact artifact =
                    new Artifact(fileName, () -> Files.newInputStream(copy), digests, () -> Files.deleteIfExists(copy));
            isComplete = true;
            return artifact;
        } finally {
            if (!isComplete) {
                Files.deleteIfExists(copy);
            }
        }
    }

    /**
     * Returns an artifact without bytes, for a dry run that checks a publication before its file is available. Its
     * digests are zeros, which {@link Checksum#isDigest() are no digest} of any file, and {@link #open} fails.
     *
     * @param fileName the name of the file, without a folder
     * @param length the number of bytes of the file, at least 1
     * @throws IllegalArgumentException if the name or the length is invalid
     */
    public static Artifact placeholder(String fileName, long length) {
        requireName(fileName);
        requireLength(length);
        Source source = () -> {
            throw new IOException(fileName + " is a placeholder for a dry run and has no bytes");
        };
        return new Artifact(fileName, length, "0".repeat(64), "0".repeat(32), source, () -> {});
    }

    /** Returns the name of the file, without a folder. */
    public String fileName() {
        return fileName;
    }

    /** Returns the number of bytes, at least 1. */
    public long length() {
        return length;
    }

    /** Returns the SHA-256, in lower-case hexadecimal. */
    public Checksum sha256() {
        return sha256;
    }

    /** Returns the MD5, in lower-case hexadecimal. Alibaba Cloud and object stores compare it with what they receive. */
    public Checksum md5() {
        return md5;
    }

    /** Returns name, size and digests, as a vendor may report them for the published file. */
    public FirmwareFile toFile() {
        return FirmwareFile.builder()
                .name(fileName)
                .size(length)
                .checksum(sha256)
                .checksum(md5)
                .build();
    }

    /**
     * Opens the bytes from the start. The caller closes the stream.
     *
     * @throws IOException if the file was modified or replaced, or cannot be opened
     */
    public InputStream open() throws IOException {
        return source.open();
    }

    @Override
    public void close() throws IOException {
        cleanup.run();
    }

    /** Returns name, size and SHA-256. */
    @Override
    public String toString() {
        return fileName + " (" + length + " bytes, SHA-256 " + sha256.value() + ")";
    }

    private static String nameOf(Path file) throws IOException {
        Path name = file.getFileName();
        if (name == null) {
            throw new IOException(file + " is not a regular file");
        }
        if (!isName(name.toString())) {
            throw new IOException("The name of a file to publish " + NAME_RULE + "; copy or rename it");
        }
        return name.toString();
    }

    private static void requireName(String fileName) {
        if (!isName(fileName)) {
            throw new IllegalArgumentException("file name " + NAME_RULE);
        }
    }

    private static void requireLength(long length) {
        if (length < 1) {
            throw new IllegalArgumentException("length must be at least 1 but is " + length);
        }
    }

    private static boolean isName(String fileName) {
        return !fileName.isBlank()
                && !fileName.equals(".")
                && !fileName.equals("..")
                && fileName.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What tells whether a file is still the same. */
    private record Identity(Object key, long size, FileTime modified) {

        static Identity of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new IOException(file + " is not a regular file");
            }
            if (attributes.size() == 0) {
                throw new IOException(file + " is empty");
            }
            return new Identity(
                    Objects.requireNonNullElse(attributes.fileKey(), file),
                    attributes.size(),
                    attributes.lastModifiedTime());
        }

        /**
         * Opens the file. The check before prevents that a pipe is opened, which would block; the check afterwards
         * detects that the file was replaced in between.
         */
        InputStream open(Path file) throws IOException {
            check(file);
            InputStream in = Files.newInputStream(file);
            try {
                check(file);
                return in;
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }

        void check(Path file) throws IOException {
            if (!equals(of(file))) {
                throw new IOException(file + " changed while it was in use");
            }
        }
    }

    /** Computes length and digests of a stream, and copies it. */
    private static final class Digests {

        private final MessageDigest sha256 = digest(Checksum.SHA256);
        private final MessageDigest md5 = digest(Checksum.MD5);
        private final long maxLength;
        private final OutputStream copy;
        private long length;

        Digests(long maxLength, OutputStream copy) {
            this.maxLength = maxLength;
            this.copy = copy;
        }

        /** Reads to the end, or until more than the maximum length has arrived. */
        void readAll(InputStream in, LongConsumer listener) throws IOException {
            byte[] buffer = new byte[BUFFER];
            for (int count; length <= maxLength && (count = in.read(buffer)) != -1; ) {
                length += count;
                sha256.update(buffer, 0, count);
                md5.update(buffer, 0, count);
                copy.write(buffer, 0, count);
                listener.accept(length);
            }
        }

        private static MessageDigest digest(String algorithm) {
            try {
                return MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
