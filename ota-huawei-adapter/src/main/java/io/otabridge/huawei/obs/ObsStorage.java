package io.otabridge.huawei.obs;

import io.otabridge.client.transfer.FileDownload;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.huawei.config.ObsSettings;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import okhttp3.Request;

/** The objects that the packages of one backend refer to. Safe for use by multiple threads. */
public final class ObsStorage {

    private final ObsSettings settings;
    private final ObsClient client;

    public ObsStorage(ObsSettings settings, ObsClient client) {
        this.settings = settings;
        this.client = client;
    }

    /** An object and its address. */
    public record Address(ObsBucket bucket, String key) {

        /** Returns the object as a location, with its region. */
        public FileLocation.ObjectStore location() {
            return bucket.location(key);
        }
    }

    /** Returns the bucket for uploads; absent if none is configured. */
    public Option<ObsBucket> bucket() {
        return settings.bucket()
                .flatMap(name ->
                        settings.region().map(region -> ObsBucket.of(settings.endpointOf(region), region, name)));
    }

    /** Returns the region of a bucket as the store reports it; absent if the response does not contain it. */
    public Either<OtaFailure, Option<String>> region(ObsBucket bucket) {
        return client.location(bucket);
    }

    /** Returns the address of a location. The region defaults to the configured one. */
    public Either<OtaFailure, Address> address(FileLocation.ObjectStore location) {
        OperationContext origin = client.getContext();
        Option<String> region = location.region().orElse(settings.region());
        return required(origin, "bucket", location.bucket(), ObsSettings.BUCKET)
                .flatMap(bucket -> required(origin, "region", region, ObsSettings.REGION)
                        .flatMap(known -> required(origin, "key", location.key(), KEY)
                                .map(key ->
                                        new Address(ObsBucket.of(settings.endpointOf(known), known, bucket), key))));
    }

    /** Returns what the store knows about an object; absent if it does not exist. */
    public Either<OtaFailure, Option<ObsObject>> head(Address address) {
        return client.head(address.bucket(), address.key());
    }

    /** Returns size and SHA-256 of an object. If its metadata has no SHA-256, the object is read. */
    public Either<OtaFailure, ObsObject> content(Address address) {
        return head(address)
                .flatMap(found -> found.toEither(() -> absent(address)))
                .flatMap(object -> object.sha256().isDefined() && object.size().isDefined()
                        ? Either.right(object)
                        : client.digest(address.bucket(), address.key()));
    }

    /** Adds size and SHA-256 of the object to a file whose digest the vendor does not report. */
    public Either<OtaFailure, FirmwareFile> withDigest(FirmwareFile file) {
        if (file.checksums().exists(Checksum::isDigest)
                || !(file.location().getOrNull() instanceof FileLocation.ObjectStore location)
                || address(location).isLeft()) {
            return Either.right(file);
        }
        return head(address(location).get())
                .map(found -> found.map(object -> new FirmwareFile(
                                file.name(),
                                object.size(),
                                file.checksums().appendAll(object.sha256()),
                                file.location()))
                        .getOrElse(file));
    }

    /** Downloads the object of a file. */
    public Either<OtaFailure, DownloadResult> download(FirmwareFile file, Address address, Download download) {
        return FileDownload.run(client.transfer(), client.getContext(), file, download, new FileDownload.Source() {
            @Override
            public Either<OtaFailure, Request> request() {
                return client.get(address.bucket(), address.key());
            }

            @Override
            public Option<Message> subject() {
                return Option.some(Message.of(
                        "object {0} of bucket {1}",
                        address.key(), address.bucket().name()));
            }

            @Override
            public boolean isExpired(OtaFailure failure) {
                return false;
            }
        });
    }

    /** Deletes an object. */
    public Either<OtaFailure, DeleteResult> delete(Address address) {
        return client.delete(address.bucket(), address.key());
    }

    /**
     * Returns the address if it is below the prefix of the configured bucket. Packages of other resource spaces, which
     * this backend does not see, may use all other objects.
     */
    public Either<OtaFailure, Address> own(Address address) {
        return isOwn(Option.some(address.bucket().name()), Option.some(address.key()))
                ? Either.right(address)
                : Either.left(client.rejected(
                        Message.of(
                                "Object {0} of bucket {1} is outside obs.bucket and obs.prefix, so it is kept",
                                address.key(), address.bucket().name()),
                        Message.of("Delete it with the tools of the object store if nothing else uses it")));
    }

    private boolean isOwn(Option<String> bucketName, Option<String> key) {
        return settings.bucket().exists(own -> bucketName.contains(own))
                && key.exists(text -> text.startsWith(settings.prefix() + "/"));
    }

    /** Begins an upload below the configured prefix, to check the permission. It stores nothing. The caller aborts it. */
    public Either<OtaFailure, UnfinishedUpload> beginUpload(ObsBucket bucket) {
        String key = settings.prefix() + "/ota-doctor";
        return client.initiate(bucket, key, Option.none())
                .map(id -> new UnfinishedUpload(id, bucket.location(key), Option.none()));
    }

    /** Returns the unfinished uploads below the configured prefix, oldest first. */
    public Either<OtaFailure, List<UnfinishedUpload>> unfinishedUploads(ObsBucket bucket) {
        return client.uploads(bucket, settings.prefix() + "/")
                .map(uploads -> uploads.sortBy(upload -> upload.started().getOrElse(Instant.MAX)));
    }

    /**
     * Aborts an upload below the configured prefix.
     *
     * @param isDryRun whether to look up the upload instead
     */
    public Either<OtaFailure, DeleteResult> abort(ObsBucket bucket, UnfinishedUpload upload, boolean isDryRun) {
        if (!isOwn(upload.location().bucket(), upload.location().key())) {
            return Either.left(client.rejected(
                    Message.of(
                            "Upload {0} is not below {1}/ in bucket {2}",
                            ConstraintViolation.quoted(upload.id()), settings.prefix(), bucket.name()),
                    Message.of("Abort only uploads from the list of unfinished uploads; nothing was sent")));
        }
        String key = upload.location().key().get();
        return isDryRun
                ? client.uploads(bucket, key)
                        .map(uploads -> uploads.exists(found -> found.id().equals(upload.id()))
                                ? DeleteResult.DELETED
                                : DeleteResult.NOT_FOUND)
                : client.abort(bucket, key, upload.id());
    }

    /** Returns an uploader to the bucket of this storage. */
    public ObsUploader uploader() {
        return new ObsUploader(client);
    }

    /** Returns the beginning of the keys of uploads, without a slash at the end. */
    public String prefix() {
        return settings.prefix();
    }

    private OtaFailure absent(Address address) {
        return new OtaFailure.NotFound(FailureDetails.of(
                client.getContext(),
                Message.of(
                        "Bucket {0} of backend {1} has no object {2}",
                        address.bucket().name(), client.getContext().backend(), address.key()),
                Message.of("Check bucket, key and region, including upper and lower case")));
    }

    private static final StringConstraint KEY =
            StringConstraint.matching("OBS object key", "(?s).{1,1024}", "1 to 1024 characters");

    private static Either<OtaFailure, String> required(
            OperationContext origin, String part, Option<String> value, StringConstraint rule) {
        return value.<Either<OtaFailure, String>>map(text -> rule.check(text)
                        .mapLeft(invalid -> new OtaFailure.Rejected(FailureDetails.of(
                                origin, invalid.toMessage(), Message.of("Correct it; nothing was sent to OBS")))))
                .getOrElse(() -> Either.left(new OtaFailure.Rejected(FailureDetails.of(
                        origin,
                        Message.of("The {0} of the file in OBS is unknown", Message.of(part)),
                        Message.of(
                                part.equals("region")
                                        ? "Set obs.region to the region of the bucket"
                                        : "The package does not refer to an object")))));
    }
}
