package io.otabridge.huawei.obs;

import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Stores files in OBS: a small file in one request, a large one in parts. An interrupted upload in parts is found in the
 * bucket and continued, also by another machine. Safe for use by multiple threads.
 */
public final class ObsUploader {

    /** Older uploads are not continued. */
    private static final Duration MAX_AGE = Duration.ofDays(7);

    private final ObsClient client;
    private final long maxSinglePut;
    private final long minPartSize;

    /** Creates an uploader that sends files of more than 100 MiB in parts of at least 16 MiB. */
    public ObsUploader(ObsClient client) {
        this(client, 100L << 20, 16L << 20);
    }

    /** Creates an uploader for tests with small files. */
    public ObsUploader(ObsClient client, long maxSinglePut, long minPartSize) {
        this.client = client;
        this.maxSinglePut = maxSinglePut;
        this.minPartSize = minPartSize;
    }

    /**
     * Stores a file, unless the object exists and has its size and SHA-256.
     *
     * @return the number of bytes that were sent; absent if the object existed
     */
    public Either<OtaFailure, Option<Long>> upload(
            ObsBucket bucket, String key, Artifact file, TransferListener listener) {
        Either<OtaFailure, Option<ObsObject>> existing = client.head(bucket, key);
        if (existing.isLeft()) {
            return Either.left(existing.getLeft());
        }
        if (existing.get().exists(object -> object.isFile(file.length(), file.sha256()))) {
            listener.transferred(file.fileName(), file.length(), file.length());
            return Either.right(Option.none());
        }
        return (file.length() <= maxSinglePut
                        ? client.put(bucket, key, file, listener)
                        : uploadParts(bucket, key, file, listener))
                .map(Option::some)
                .mapLeft(failure -> failure.withDetails(failure.details()
                        .withSummary(Message.of(
                                "The upload of file {0} failed: {1}",
                                file.fileName(), failure.details().summary()))));
    }

    private Either<OtaFailure, Long> uploadParts(
            ObsBucket bucket, String key, Artifact file, TransferListener listener) {
        Either<OtaFailure, PartPlan> plan = plan(file);
        if (plan.isLeft()) {
            return Either.left(plan.getLeft());
        }
        Either<OtaFailure, Option<String>> earlier = earlierUpload(bucket, key);
        if (earlier.isLeft()) {
            return Either.left(earlier.getLeft());
        }
        if (earlier.get().isDefined()) {
            Either<OtaFailure, Long> continued =
                    new Parts(bucket, key, file, listener, earlier.get().get(), plan.get()).run();
            // Another machine may have completed or aborted the same upload.
            if (continued.isRight() || !(continued.getLeft() instanceof OtaFailure.NotFound)) {
                return continued;
            }
        }
        return client.initiate(bucket, key, Option.some(file.sha256()))
                .flatMap(id -> new Parts(bucket, key, file, listener, id, plan.get()).run());
    }

    private Either<OtaFailure, PartPlan> plan(Artifact file) {
        try {
            return Either.right(PartPlan.of(file, minPartSize));
        } catch (IOException e) {
            return Either.left(client.rejected(
                    Message.of("The file {0} cannot be read, or changed while it was in use", file.fileName()),
                    Message.of("Publish it again when it no longer changes")));
        }
    }

    /** The newest upload of exactly this object that is young enough. */
    private Either<OtaFailure, Option<String>> earlierUpload(ObsBucket bucket, String key) {
        Instant oldest = client.now().minus(MAX_AGE);
        return client.uploads(bucket, key)
                .map(uploads -> uploads.filter(upload -> upload.location().key().contains(key))
                        .filter(upload -> upload.started().exists(started -> started.isAfter(oldest)))
                        .maxBy(upload -> upload.started().get())
                        .map(UnfinishedUpload::id));
    }

    /** One upload in parts. */
    private final class Parts {

        private final ObsBucket bucket;
        private final String key;
        private final Artifact file;
        private final TransferListener listener;
        private final String id;
        private final PartPlan plan;

        Parts(ObsBucket bucket, String key, Artifact file, TransferListener listener, String id, PartPlan plan) {
            this.bucket = bucket;
            this.key = key;
            this.file = file;
            this.listener = listener;
            this.id = id;
            this.plan = plan;
        }

        Either<OtaFailure, Long> run() {
            Either<OtaFailure, List<ObsClient.StoredPart>> stored = client.parts(bucket, key, id);
            return (stored.isLeft() ? Either.<OtaFailure, Long>left(stored.getLeft()) : send(stored.get()))
                    .mapLeft(this::withUnfinishedUpload);
        }

        private Either<OtaFailure, Long> send(List<ObsClient.StoredPart> storedParts) {
            Map<Integer, ObsClient.StoredPart> stored = storedParts.toMap(ObsClient.StoredPart::number, part -> part);
            java.util.List<String> etags = new java.util.ArrayList<>();
            long sent = 0;
            for (PartPlan.Part part : plan.parts()) {
                if (stored.get(part.number()).exists(existing -> isSame(existing, part))) {
                    etags.add(part.md5().value());
                    listener.transferred(file.fileName(), part.offset() + part.length(), file.length());
                    continue;
                }
                Either<OtaFailure, String> etag = client.putPart(bucket, key, id, part, file, listener);
                if (etag.isLeft()) {
                    return Either.left(etag.getLeft());
                }
                etags.add(etag.get());
                sent += part.length();
            }
            long bytesSent = sent;
            return complete(List.ofAll(etags)).map(ignored -> bytesSent);
        }

        /** If the response was lost, or another machine was first, the object tells whether the upload is complete. */
        private Either<OtaFailure, Boolean> complete(List<String> etags) {
            Either<OtaFailure, Boolean> completed = client.complete(bucket, key, id, etags);
            return completed.isRight()
                    ? completed
                    : client.head(bucket, key)
                            .toOption()
                            .flatMap(found -> found)
                            .filter(object -> object.isFile(file.length(), file.sha256()))
                            .<Either<OtaFailure, Boolean>>map(object -> Either.right(true))
                            .getOrElse(completed);
        }

        private static boolean isSame(ObsClient.StoredPart stored, PartPlan.Part part) {
            return stored.size() == part.length()
                    && stored.etag().equalsIgnoreCase(part.md5().value());
        }

        private OtaFailure withUnfinishedUpload(OtaFailure failure) {
            return failure instanceof OtaFailure.NotFound
                    ? failure
                    : failure.withDetails(failure.details()
                            .withMoreAdvice(Message.of(
                                    "publish the file again within 7 days to continue its upload, or abort upload {0} of"
                                            + " bucket {1}",
                                    id, bucket.name())));
        }
    }
}
