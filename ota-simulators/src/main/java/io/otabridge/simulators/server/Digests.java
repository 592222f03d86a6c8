package io.otabridge.simulators.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and MACs for signatures. */
public final class Digests {

    private Digests() {}

    /** Returns the SHA-256 of a text in UTF-8, as lower-case hexadecimal digits. */
    public static String sha256Hex(String text) {
        return sha256Hex(text.getBytes(UTF_8));
    }

    /** Returns the SHA-256 of bytes, as lower-case hexadecimal digits. */
    public static String sha256Hex(byte[] bytes) {
        return hex(digest("SHA-256", bytes));
    }

    /** Returns the MD5 of a text in UTF-8, as lower-case hexadecimal digits. */
    public static String md5Hex(String text) {
        return md5Hex(text.getBytes(UTF_8));
    }

    /** Returns the MD5 of bytes, as lower-case hexadecimal digits. */
    public static String md5Hex(byte[] bytes) {
        return hex(digest("MD5", bytes));
    }

    /** Returns the HMAC-SHA256 of bytes. */
    public static byte[] hmacSha256(byte[] key, byte[] bytes) {
        return hmac("HmacSHA256", key, bytes);
    }

    /** Returns the HMAC-SHA1 of bytes. */
    public static byte[] hmacSha1(byte[] key, byte[] bytes) {
        return hmac("HmacSHA1", key, bytes);
    }

    /** Returns bytes as lower-case hexadecimal digits. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns a new digest, such as MD5 or SHA-256. */
    public static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** Compares two texts in constant time. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        return newDigest(algorithm).digest(bytes);
    }

    private static byte[] hmac(String algorithm, byte[] key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
