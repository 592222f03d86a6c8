package io.otabridge.simulators.objectstore;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * An object of a simulated object store.
 *
 * @param file the file with the bytes, valid until the object is replaced or deleted
 * @param size in bytes
 * @param md5 the MD5 of all bytes, as lower-case hexadecimal digits; empty for an object uploaded in parts
 * @param eTag the entity tag without quotes
 * @param metadata the user-defined metadata, by name without the prefix of the header
 */
public record StoredObject(
        Path file,
        long size,
        String md5,
        String eTag,
        String contentType,
        Map<String, String> metadata,
        Instant lastModified) {

    /** Copies the metadata. */
    public StoredObject {
        metadata = Map.copyOf(metadata);
    }
}
