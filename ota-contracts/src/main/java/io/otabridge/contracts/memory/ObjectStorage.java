package io.otabridge.contracts.memory;

import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.control.Option;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Objects by bucket and key, in memory. Safe for use by multiple threads. */
final class ObjectStorage {

    /** The bucket of published files. */
    static final String BUCKET = "memory";

    private final Map<Key, byte[]> objects = new ConcurrentHashMap<>();
    private volatile long maxBytes = 256L << 20;

    /** The place of an object. */
    record Key(String bucket, String name) {}

    void limit(long bytes) {
        maxBytes = bytes;
    }

    /** Returns false if the limit of all objects together is exceeded; nothing is stored then. */
    synchronized boolean put(Key key, byte[] bytes) {
        long others = objects.entrySet().stream()
                .filter(stored -> !stored.getKey().equals(key))
                .mapToLong(stored -> stored.getValue().length)
                .sum();
        if (others + bytes.length > maxBytes) {
            return false;
        }
        objects.put(key, bytes.clone());
        return true;
    }

    Option<byte[]> get(Key key) {
        return Option.of(objects.get(key));
    }

    void remove(Key key) {
        objects.remove(key);
    }

    /** Returns the object of a file; absent if it has none. */
    static Option<Key> location(FirmwareFile file) {
        return file.location()
                .filter(FileLocation.ObjectStore.class::isInstance)
                .map(FileLocation.ObjectStore.class::cast)
                .flatMap(ObjectStorage::key);
    }

    /** Returns the place; absent if the bucket or the key is unknown. */
    static Option<Key> key(FileLocation.ObjectStore location) {
        return location.bucket().flatMap(bucket -> location.key().map(name -> new Key(bucket, name)));
    }

    /** Returns the file with size, digests and location, without a name. */
    static FirmwareFile file(Key key, byte[] bytes) {
        return FirmwareFile.builder()
                .size(bytes.length)
                .checksum(digest(Checksum.SHA256, bytes))
                .checksum(digest(Checksum.MD5, bytes))
                .location(FileLocation.objectStore(key.bucket(), key.name()))
                .build();
    }

    static Checksum digest(String algorithm, byte[] bytes) {
        try {
            return Checksum.of(
                    algorithm,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance(algorithm).digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
