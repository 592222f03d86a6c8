package io.otabridge.app.config;

import io.otabridge.domain.spi.ConfigError;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads the text of a configuration file: at most 1 MiB, UTF-8, printable characters. */
public final class ConfigFileReader {

    /** The key of errors that concern the whole file. */
    static final String WHOLE_FILE = "the file";

    private static final int MAX_BYTES = 1024 * 1024;

    private ConfigFileReader() {}

    /** Returns the text of the file, or why it cannot be read. */
    public static Either<ConfigError, String> text(Path file) {
        return bytes(file).flatMap(ConfigFileReader::decoded).flatMap(ConfigFileReader::printable);
    }

    private static Either<ConfigError, byte[]> bytes(Path file) {
        if (Files.isDirectory(file)) {
            return error(Option.none(), "is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES
                    ? error(Option.none(), "is larger than 1 MiB, too large for a configuration")
                    : Either.right(bytes);
        } catch (NoSuchFileException missing) {
            return error(Option.none(), "does not exist");
        } catch (AccessDeniedException denied) {
            return error(Option.none(), "is not readable by this user");
        } catch (IOException unreadable) {
            return error(Option.none(), "cannot be read: " + unreadable.getMessage());
        }
    }

    private static Either<ConfigError, String> decoded(byte[] bytes) {
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        if (strict.decode(in, out, true).isError()) {
            return error(Option.some(lineAfter(out.flip())), "is not UTF-8 text");
        }
        String text = out.flip().toString();
        return Either.right(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static Either<ConfigError, String> printable(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            if (!StreamReader.isPrintable(c)) {
                String problem = String.format("contains the character U+%04X, which is not allowed in YAML", c);
                return error(Option.some(lineAfter(text.substring(0, at))), problem);
            }
        }
        return Either.right(text);
    }

    private static int lineAfter(CharSequence before) {
        return 1 + (int) before.chars().filter(c -> c == '\n').count();
    }

    private static <T> Either<ConfigError, T> error(Option<Integer> line, String problem) {
        return Either.left(new ConfigError(WHOLE_FILE, line, problem));
    }
}
