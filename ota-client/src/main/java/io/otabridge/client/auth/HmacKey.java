package io.otabridge.client.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs with HMAC, made ready once: that takes longer than a signature. Safe for many threads. */
public final class HmacKey {

    private final String algorithm;
    private final SecretKeySpec key;
    private final Mac ready;

    private HmacKey(String algorithm, byte[] key) {
        this.algorithm = algorithm;
        this.key = new SecretKeySpec(key, algorithm);
        this.ready = fresh();
    }

    /** A key for HMAC-SHA256. */
    public static HmacKey sha256(byte[] key) {
        return new HmacKey("HmacSHA256", key);
    }

    /** A key for HMAC-SHA256 whose bytes are those of this text. */
    public static HmacKey sha256(String key) {
        return sha256(key.getBytes(StandardCharsets.UTF_8));
    }

    /** A key for HMAC-SHA1, which Alibaba Cloud's older signature uses. */
    public static HmacKey sha1(String key) {
        return new HmacKey("HmacSHA1", key.getBytes(StandardCharsets.UTF_8));
    }

    /** The signature of a text. */
    public byte[] sign(String text) {
        return copy().doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private Mac copy() {
        try {
            return (Mac) ready.clone();
        } catch (CloneNotSupportedException hardware) {
            return fresh();
        }
    }

    private Mac fresh() {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
        return algorithm;
    }
}
