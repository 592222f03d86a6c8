package io.otabridge.client.credentials;

import io.otabridge.domain.backend.BackendContext;
import io.vavr.control.Either;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Locates the credentials file of a vendor's tools: the file named by an environment variable, or the file at the vendor's default
 * path. A file at the default path must pass {@link FilePermissionCheck}; a file named by the user need not. Immutable.
 */
public final class CredentialsFileLocator {

    /** Far more than the few hundred bytes of a credentials file. */
    private static final int MAX_BYTES = 1 << 20;

    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16LE_MARK = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] UTF_16BE_MARK = {(byte) 0xFE, (byte) 0xFF};

    private final Path path;
    private final String description;
    private final boolean isNamed;

    private CredentialsFileLocator(Path path, String suffix, boolean isNamed) {
        this.path = path;
        this.description = path.toString().replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?") + suffix;
        this.isNamed = isNamed;
    }

    /** A file at the vendor's default path. */
    public static CredentialsFileLocator usual(Path path) {
        return new CredentialsFileLocator(path, "", false);
    }

    /**
     * The file named by an environment variable, or else the file at the default path. A leading {@code ~} is replaced with the home
     * directory of the context.
     *
     * @return the path, or a description of the variable whose value is not a path
     */
    public static Either<String, CredentialsFileLocator> of(BackendContext context, String variable, Path usual) {
        try {
            return Either.right(context.environment(variable)
                    .map(text -> new CredentialsFileLocator(expand(text, context), " named by " + variable, true))
                    .getOrElse(() -> usual(usual)));
        } catch (InvalidPathException invalid) {
            return Either.left("the file named by " + variable + " (not a valid path)");
        }
    }

    private static Path expand(String text, BackendContext context) {
        if (text.equals("~")) {
            return context.home();
        }
        return text.startsWith("~/") || text.startsWith("~\\")
                ? context.home().resolve(text.substring(2))
                : Path.of(text);
    }

    /**
     * Reads the file as UTF-8, or as UTF-16 if it has a byte order mark. The result does not include the byte order mark.
     *
     * @return the text, or the problem, worded as the end of a sentence about the file; it contains no part of the text
     */
    public Either<String, String> read() {
        // Reading a pipe or device could block forever.
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return Either.left("cannot be read: not a regular file");
        }
        try {
            Either<String, Path> trusted = isNamed ? Either.right(path) : FilePermissionCheck.check(path);
            return trusted.isLeft()
                    ? Either.left("not trusted: " + trusted.getLeft())
                    : read(trusted.get()).flatMap(CredentialsFileLocator::decode);
        } catch (NoSuchFileException missing) {
            return Either.left("does not exist");
        } catch (IOException problem) {
            return Either.left("cannot be read: " + problem.getClass().getSimpleName());
        }
    }

    private static Either<String, byte[]> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES ? Either.left("cannot be read: larger than 1 MiB") : Either.right(bytes);
        }
    }

    private static Either<String, String> decode(byte[] bytes) {
        if (startsWith(bytes, UTF_16LE_MARK)) {
            return decode(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, UTF_16BE_MARK)) {
            return decode(bytes, 2, StandardCharsets.UTF_16BE);
        }
        return decode(bytes, startsWith(bytes, UTF_8_MARK) ? UTF_8_MARK.length : 0, StandardCharsets.UTF_8);
    }

    private static Either<String, String> decode(byte[] bytes, int start, Charset charset) {
        try {
            String text = charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return Either.right(text);
            }
        } catch (CharacterCodingException invalid) {
            // Reported below. A text with zero bytes is UTF-16 without a byte order mark, or binary.
        }
        return Either.left("cannot be read: neither UTF-8 nor UTF-16 with a byte order mark; save it as UTF-8");
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length
                && ByteBuffer.wrap(bytes, 0, mark.length).equals(ByteBuffer.wrap(mark));
    }

    /** The path for messages, with the name of the variable. Contains no control characters. */
    @Override
    public String toString() {
        return description;
    }
}
