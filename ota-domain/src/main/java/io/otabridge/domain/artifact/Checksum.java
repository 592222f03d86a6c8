package io.otabridge.domain.artifact;

import io.vavr.control.Option;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A digest of a file, with which a device verifies its download. Both vendors call it a "sign" although no key is
 * involved: Huawei {@code sign} and {@code sign_method}, Alibaba {@code FirmwareSign}, {@code SignValue}, {@code
 * FileMd5} and {@code SignMethod}. Immutable.
 *
 * @param algorithm {@link #MD5}, {@link #SHA256} or another {@code SHA-…} in this spelling, or the vendor's own name;
 *     absent if the vendor does not send it
 * @param value the digest as sent, usually hexadecimal. It may be a placeholder, see {@link #isDigest}
 */
public record Checksum(Option<String> algorithm, String value) {

    /** The name of MD5 in {@link #algorithm()}. */
    public static final String MD5 = "MD5";

    /** The name of SHA-256 in {@link #algorithm()}. */
    public static final String SHA256 = "SHA-256";

    private static final Pattern SEPARATORS = Pattern.compile("[-_/ ]");
    private static final Pattern SHA = Pattern.compile("SHA(1|224|256|384|512)");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{8,}");

    /** The number of hexadecimal digits of each algorithm. */
    private static final Map<String, Integer> LENGTHS =
            Map.of(MD5, 32, "SHA-1", 40, "SHA-224", 56, SHA256, 64, "SHA-384", 96, "SHA-512", 128, "SM3", 64);

    /** @throws IllegalArgumentException if the value is blank */
    public Checksum {
        if (value.isBlank()) {
            throw new IllegalArgumentException("checksum must not be blank");
        }
        algorithm = algorithm.map(Checksum::standardName);
    }

    /**
     * Returns a checksum with an algorithm. Vendor spellings such as {@code Md5} and {@code sha256} are normalized.
     *
     * @throws IllegalArgumentException if the value is blank
     */
    public static Checksum of(String algorithm, String value) {
        return new Checksum(Option.some(algorithm), value);
    }

    /**
     * Returns a checksum with an unknown algorithm.
     *
     * @throws IllegalArgumentException if the value is blank
     */
    public static Checksum of(String value) {
        return new Checksum(Option.none(), value);
    }

    /**
     * Returns whether the value can be a digest: hexadecimal, with the length of its algorithm, and not one repeated
     * digit. Texts such as {@code -}, {@code null} and {@code 000…0} are placeholders without information about the
     * file.
     */
    public boolean isDigest() {
        int length = value.length();
        return HEXADECIMAL.matcher(value).matches()
                && value.chars().distinct().count() > 1
                && algorithm
                        .flatMap(name -> Option.of(LENGTHS.get(name.toUpperCase(Locale.ROOT))))
                        .forAll(expected -> expected == length);
    }

    /** Returns whether both checksums have an algorithm, and it is the same. */
    public boolean usesSameAlgorithmAs(Checksum other) {
        return algorithm.exists(mine -> other.algorithm.exists(mine::equalsIgnoreCase));
    }

    /** Returns algorithm and value, such as {@code MD5 5eb63bbbe01eeed093cb22bb8f5acdc3}. */
    @Override
    public String toString() {
        return algorithm.map(name -> name + " ").getOrElse("") + value;
    }

    private static String standardName(String algorithm) {
        String folded = SEPARATORS.matcher(algorithm.toUpperCase(Locale.ROOT)).replaceAll("");
        if (folded.equals(MD5)) {
            return MD5;
        }
        Matcher sha = SHA.matcher(folded);
        return sha.matches() ? "SHA-" + sha.group(1) : algorithm;
    }
}
