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
 * Where a vendor's tools keep credentials: a file that an environment variable names, or one at the vendor's usual path.
 * A file at the usual path must pass {@link FilePermissionCheck}; a file that the user named need not. Immutable.
 */
public final class CredentialsFileLocator {

    /** Credentials files have a few hundred bytes. */
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

    /** A file at its usual path. */
    public static CredentialsFileLocator usual(Path path) {
        return new CredentialsFileLocator(path, "", false);
    }

    /**
     * The file that this environment variable names, else the one at the usual path. A leading {@code ~} is the home
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
     * Reads the file as UTF-8, or as UTF-16 with a byte order mark. A byte order mark is not part of the text.
     *
     * @return the text, or the reason why there is none, as the end of a sentence about the file; the reason contains
     *     nothing of the text
     */
    public Either<String, String> read() {
        // A pipe or device could block for ever.
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
            // Reported below, as for a text with zero bytes, which is UTF-16 without a mark or not a text.
        }
        return Either.left("cannot be read: neither UTF-8 nor UTF-16 with a byte order mark; save it as UTF-8");
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length
                && ByteBuffer.wrap(bytes, 0, mark.length).equals(ByteBuffer.wrap(mark));
    }

    /** The path for messages, with the variable that names it; without control characters. */
    @Override
    public String toString() {
        return description;
    }
}
