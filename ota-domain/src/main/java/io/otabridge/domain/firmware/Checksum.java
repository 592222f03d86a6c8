package io.otabridge.domain.firmware;

import io.vavr.control.Option;
import java.util.Locale;

/**
 * A digest of a file, by which a device checks its download. Both vendors call it a "sign" although no key is involved:
 * Huawei {@code sign} and {@code sign_method}, Alibaba {@code FirmwareSign}, {@code SignValue}, {@code FileMd5} and
 * {@code SignMethod}.
 *
 * @param algorithm {@link #MD5}, {@link #SHA256}, or the vendor's own word for another; absent where not said
 * @param value the digest as sent, usually hexadecimal
 */
public record Checksum(Option<String> algorithm, String value) {

    /** The name of MD5 in {@link #algorithm()}. */
    public static final String MD5 = "MD5";

    /** The name of SHA-256 in {@link #algorithm()}. */
    public static final String SHA256 = "SHA-256";

    /** @throws IllegalArgumentException if the value is blank */
    public Checksum {
        if (value.isBlank()) {
            throw new IllegalArgumentException("checksum must not be blank");
        }
        algorithm = algorithm.map(Checksum::standardName);
    }

    /** A checksum whose algorithm is known; vendors' spellings such as {@code Md5} and {@code sha256} are understood. */
    public static Checksum of(String algorithm, String value) {
        return new Checksum(Option.some(algorithm), value);
    }

    private static String standardName(String algorithm) {
        String folded = algorithm.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "");
        if (folded.equals("MD5")) {
            return MD5;
        }
        return folded.equals("SHA256") ? SHA256 : algorithm;
    }
}
