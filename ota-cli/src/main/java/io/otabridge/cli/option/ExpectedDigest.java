package io.otabridge.cli.option;

import io.otabridge.domain.artifact.Checksum;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a digest, such as {@code sha256:2c26…}. */
public final class ExpectedDigest implements ITypeConverter<Checksum> {

    private static final Pattern DIGEST = Pattern.compile("(?i)(sha256:[0-9a-f]{64}|md5:[0-9a-f]{32})");

    @Override
    public Checksum convert(String text) {
        Matcher digest = DIGEST.matcher(text);
        if (!digest.matches()) {
            throw new TypeConversionException(
                    "it must be sha256: and 64 hexadecimal digits, or md5: and 32, but is \"" + text + "\"");
        }
        String[] parts = text.toLowerCase(Locale.ROOT).split(":", 2);
        Checksum checksum = Checksum.of(parts[0], parts[1]);
        if (!checksum.isDigest()) {
            throw new TypeConversionException("\"" + text + "\" is a placeholder and not a digest");
        }
        return checksum;
    }
}
