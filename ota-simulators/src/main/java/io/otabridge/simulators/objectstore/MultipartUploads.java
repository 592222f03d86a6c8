package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.Digests;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The unfinished multipart uploads of a simulated OBS. Synchronizes on itself. */
final class MultipartUploads {

    private static final long MIN_PART = 100 * 1024;

    private final ObjectFolder objects;
    private final NavigableMap<String, Upload> uploads = new TreeMap<>();
    private long lastId;

    MultipartUploads(ObjectFolder objects) {
        this.objects = objects;
    }

    /** An unfinished upload with its parts, by number. */
    record Upload(
            String id,
            String bucket,
            String key,
            String contentType,
            Map<String, String> metadata,
            Instant initiated,
            NavigableMap<Integer, Part> parts) {}

    /** An uploaded part. */
    record Part(int number, ObjectFolder.Content content, Instant lastModified) {}

    /** A part that a client names to complete an upload. */
    record NamedPart(int number, String eTag) {}

    synchronized Upload start(
            String bucket, String key, String contentType, Map<String, String> metadata, Instant now) {
        String id = String.format("%032X", 0x18AL + (++lastId << 16));
        Upload upload = new Upload(id, bucket, key, contentType, metadata, now, new TreeMap<>());
        uploads.put(id, upload);
        return upload;
    }

    synchronized Either<StoreError, Upload> find(String bucket, String key, String id) {
        return Option.of(uploads.get(id))
                .filter(upload -> upload.bucket().equals(bucket) && upload.key().equals(key))
                .toEither(() -> StoreError.noSuchUpload(id));
    }

    /** Adds or replaces a part. */
    synchronized Option<StoreError> put(Upload upload, Part part) {
        if (!uploads.containsKey(upload.id())) {
            ObjectFolder.delete(part.content().file());
            return Option.some(StoreError.noSuchUpload(upload.id()));
        }
        @Nullable Part old = upload.parts().put(part.number(), part);
        if (old != null) {
            ObjectFolder.delete(old.content().file());
        }
        return Option.none();
    }

    /** Returns the parts with a higher number, in ascending order. */
    synchronized List<Part> parts(Upload upload, int after) {
        return List.copyOf(upload.parts().tailMap(after, false).values());
    }

    /** Returns the uploads of a bucket with this prefix that come after this position, by key and id. */
    synchronized List<Upload> list(String bucket, String prefix, String keyMarker, String idMarker) {
        return uploads.values().stream()
                .filter(upload -> upload.bucket().equals(bucket) && upload.key().startsWith(prefix))
                .sorted(Comparator.comparing(Upload::key).thenComparing(Upload::id))
                .filter(upload -> upload.key().compareTo(keyMarker) > 0
                        || (upload.key().equals(keyMarker)
                                && !idMarker.isEmpty()
                                && upload.id().compareTo(idMarker) > 0))
                .toList();
    }

    synchronized void abort(Upload upload) {
        if (uploads.remove(upload.id()) != null) {
            upload.parts()
                    .values()
                    .forEach(part -> ObjectFolder.delete(part.content().file()));
        }
    }

    /** Joins the named parts to an object. Parts that are not named are deleted. */
    Either<StoreError, StoredObject> complete(Upload upload, List<NamedPart> named, Instant now) throws IOException {
        List<Part> parts = new ArrayList<>();
        synchronized (this) {
            Option<StoreError> error = check(upload, named);
            if (error.isDefined()) {
                return Either.left(error.get());
            }
            named.forEach(part -> parts.add(upload.parts().remove(part.number())));
            abort(upload);
        }
        MessageDigest digest = Digests.newDigest("MD5");
        parts.forEach(part -> digest.update(part.content().md5Bytes()));
        String eTag = Digests.hex(digest.digest()) + "-" + parts.size();
        long size = parts.stream().mapToLong(part -> part.content().size()).sum();
        return Either.right(new StoredObject(
                objects.join(parts.stream().map(part -> part.content().file()).toList()),
                size,
                "",
                eTag,
                upload.contentType(),
                upload.metadata(),
                now));
    }

    private Option<StoreError> check(Upload upload, List<NamedPart> named) {
        if (!uploads.containsKey(upload.id())) {
            return Option.some(StoreError.noSuchUpload(upload.id()));
        }
        if (named.isEmpty()) {
            return Option.some(new StoreError(400, "MalformedXML", "The XML names no parts."));
        }
        int last = 0;
        long lastSize = MIN_PART;
        for (NamedPart part : named) {
            if (part.number() <= last) {
                return Option.some(new StoreError(400, "InvalidPartOrder", "The parts are not in ascending order."));
            }
            if (lastSize < MIN_PART) {
                return Option.some(StoreError.tooSmall());
            }
            @Nullable Part uploaded = upload.parts().get(part.number());
            if (uploaded == null || !uploaded.content().md5().equalsIgnoreCase(part.eTag())) {
                return Option.some(new StoreError(
                        400, "InvalidPart", "Part " + part.number() + " was not found or has another entity tag."));
            }
            last = part.number();
            lastSize = uploaded.content().size();
        }
        return Option.none();
    }
}
