package io.otabridge.client.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An HMAC key. It is initialized once, because initialization takes longer than a signature. {@code toString} does not contain the
 * key. Thread-safe.
 */
public final class HmacKey {

    private final String algorithm;
    private final SecretKeySpec key;
    private final Mac initialized;

    private HmacKey(String algorithm, byte[] key) {
        this.algorithm = algorithm;
        this.key = new SecretKeySpec(key, algorithm);
        this.initialized = newMac();
    }

    /** A key for HMAC-SHA256. */
    public static HmacKey sha256(byte[] key) {
        return new HmacKey("HmacSHA256", key);
    }

    /** A key for HMAC-SHA256 from the UTF-8 bytes of a text. */
    public static HmacKey sha256(String key) {
        return sha256(key.getBytes(StandardCharsets.UTF_8));
    }

    /** A key for HMAC-SHA1, which Alibaba Cloud's RPC signature uses, from the UTF-8 bytes of a text. */
    public static HmacKey sha1(String key) {
        return new HmacKey("HmacSHA1", key.getBytes(StandardCharsets.UTF_8));
    }

    /** Signs the UTF-8 bytes of a text. */
    public byte[] sign(String text) {
        return copy().doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private Mac copy() {
        try {
            return (Mac) initialized.clone();
        } catch (CloneNotSupportedException unsupportedByProvider) {
            return newMac();
        }
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }

    @Override
    public String toString() {
        return algorithm;
    }
}
