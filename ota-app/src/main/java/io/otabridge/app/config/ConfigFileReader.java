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

/** Brings a configuration file into memory: bounded, UTF-8, and without characters that no text file holds. */
public final class ConfigFileReader {

    /** What faults of the file as a whole are about, in place of a key. */
    static final String WHOLE = "the file";

    private static final int MAX_BYTES = 1024 * 1024;

    private ConfigFileReader() {}

    public static Either<ConfigError, String> text(Path file) {
        return bytes(file).flatMap(ConfigFileReader::decoded).flatMap(ConfigFileReader::printable);
    }

    private static Either<ConfigError, byte[]> bytes(Path file) {
        if (Files.isDirectory(file)) {
            return fault(Option.none(), "is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES
                    ? fault(Option.none(), "is larger than 1 MiB, too large for a configuration")
                    : Either.right(bytes);
        } catch (NoSuchFileException missing) {
            return fault(Option.none(), "does not exist");
        } catch (AccessDeniedException denied) {
            return fault(Option.none(), "may not be read by this user");
        } catch (IOException unreadable) {
            return fault(Option.none(), "cannot be read: " + unreadable.getMessage());
        }
    }

    private static Either<ConfigError, String> decoded(byte[] bytes) {
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        if (strict.decode(in, out, true).isError()) {
            return fault(Option.some(lineAfter(out.flip())), "is not UTF-8 text");
        }
        String text = out.flip().toString();
        return Either.right(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static Either<ConfigError, String> printable(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            if (!StreamReader.isPrintable(c)) {
                String problem = String.format("holds the character U+%04X, which no YAML file may hold", c);
                return fault(Option.some(lineAfter(text.substring(0, at))), problem);
            }
        }
        return Either.right(text);
    }

    private static int lineAfter(CharSequence before) {
        return 1 + (int) before.chars().filter(c -> c == '\n').count();
    }

    private static <T> Either<ConfigError, T> fault(Option<Integer> line, String problem) {
        return Either.left(new ConfigError(WHOLE, line, problem));
    }
}
