package io.otabridge.huawei.obs;

import io.otabridge.client.BackendClient;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.transfer.ArtifactBody;
import io.otabridge.client.transfer.ObjectStoreError;
import io.otabridge.client.transfer.TransferClient;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * The operations of OBS, named as in its documents. Failures are as in the ports of the domain. Safe for use by multiple
 * threads.
 */
public final class ObsClient {

    private static final MediaType BINARY = MediaType.get("application/octet-stream");
    private static final MediaType XML = MediaType.get("application/xml");
    private static final int MAX_PAGES = 1_000;
    private static final int BUFFER = 65_536;

    private final BackendClient client;
    private final TransferClient transfer;
    private final ObsForm form;

    /**
     * Creates a client.
     *
     * @param client the client of the backend, whose clock, redactor and deadline apply
     * @param connection the limits of calls
     * @param keys supplies the current access key
     */
    public ObsClient(
            BackendClient client,
            HttpTransport transport,
            ConnectionSettings connection,
            Supplier<AccessKey> keys,
            ObsForm form) {
        this.client = client;
        this.transfer = TransferClient.of(client, transport, connection, new ObsSigner(keys, form, client.clock()));
        this.form = form;
    }

    /** A page of a list. */
    private record ListPage<T>(List<T> entries, Option<HttpUrl> next) {}

    /** A part that is stored already. */
    record StoredPart(int number, long size, String etag) {}

    /** Returns what is known about an object without reading it; absent if it does not exist. */
    public Either<OtaFailure, Option<ObsObject>> head(ObsBucket bucket, String key) {
        OperationContext origin = client.contextOf("HeadObject");
        return url(origin, bucket, key)
                .flatMap(url -> transfer.read(
                        origin,
                        bucket.request(url).head().build(),
                        response -> response.status() == 404
                                ? Either.right(Option.none())
                                : decode(
                                        origin,
                                        subject(bucket, key),
                                        response,
                                        object -> Either.right(Option.some(ObsObject.of(object, form))))));
    }

    /** Uploads a file in one request. The store compares it with its MD5. */
    Either<OtaFailure, Long> put(ObsBucket bucket, String key, Artifact file, TransferListener listener) {
        OperationContext origin = client.contextOf("PutObject");
        return url(origin, bucket, key)
                .flatMap(url -> transfer.upload(
                        origin,
                        bucket.request(url)
                                .header("Content-MD5", base64(file.md5().value()))
                                .header(form.sha256Header(), file.sha256().value())
                                .put(ArtifactBody.of(file, Option.some(BINARY), listener))
                                .tag(Artifact.class, file)
                                .build(),
                        (head, body) -> head.isSuccess()
                                ? Either.right(file.length())
                                : Either.left(transfer.failure(origin, subject(bucket, key), head, body))));
    }

    /** Returns a request for the bytes of an object as they are stored, also of one that is marked as compressed. */
    public Either<OtaFailure, Request> get(ObsBucket bucket, String key) {
        return url(getContext(), bucket, key)
                .map(url -> bucket.request(url)
                        .header("Accept-Encoding", "identity")
                        .get()
                        .build());
    }

    /** Returns the context of {@link #get}, for failures. */
    public OperationContext getContext() {
        return client.contextOf("GetObject");
    }

    /** Returns the client that sends the request of {@link #get}. */
    public TransferClient transfer() {
        return transfer;
    }

    /** Reads an object to compute its size and SHA-256. */
    public Either<OtaFailure, ObsObject> digest(ObsBucket bucket, String key) {
        return get(bucket, key)
                .flatMap(request -> transfer.download(
                        getContext(),
                        request,
                        (head, body) -> head.isSuccess()
                                ? Either.right(digest(body))
                                : Either.left(transfer.failure(getContext(), subject(bucket, key), head, body))));
    }

    /** Deletes an object. OBS does not report whether it existed. */
    public Either<OtaFailure, DeleteResult> delete(ObsBucket bucket, String key) {
        OperationContext origin = client.contextOf("DeleteObject");
        return url(origin, bucket, key)
                .flatMap(url -> transfer.delete(
                        origin,
                        bucket.request(url).delete().build(),
                        response -> deleted(origin, bucket, key, response)));
    }

    /** Returns the region of a bucket. */
    public Either<OtaFailure, Option<String>> location(ObsBucket bucket) {
        OperationContext origin = client.contextOf("GetBucketLocation");
        Message subject = Message.of("bucket {0}", bucket.name());
        HttpUrl url =
                bucket.url().newBuilder().addQueryParameter("location", null).build();
        return transfer.read(
                origin,
                bucket.request(url).get().build(),
                response -> decodeXml(
                        origin,
                        subject,
                        response,
                        List.of("Location", "LocationConstraint"),
                        root -> Option.of(root.text())
                                .filter(text -> !text.isEmpty())
                                .orElse(root.value("Location"))));
    }

    /**
     * Starts a multipart upload and returns its id.
     *
     * @param sha256 the digest of the object, for its metadata; absent if the upload will not be completed
     */
    Either<OtaFailure, String> initiate(ObsBucket bucket, String key, Option<Checksum> sha256) {
        OperationContext origin = client.contextOf("InitiateMultipartUpload");
        return url(origin, bucket, key)
                .flatMap(url -> transfer.change(
                        origin,
                        sha256.toList()
                                .foldLeft(
                                        bucket.request(url.newBuilder()
                                                .addQueryParameter("uploads", null)
                                                .build()),
                                        (request, digest) -> request.header(form.sha256Header(), digest.value()))
                                .post(RequestBody.create(new byte[0], BINARY))
                                .build(),
                        response -> decodeXml(
                                        origin,
                                        subject(bucket, key),
                                        response,
                                        List.of("InitiateMultipartUploadResult"),
                                        root -> root.value("UploadId"))
                                .flatMap(id -> id.toEither(() -> unreadable(
                                        origin, subject(bucket, key), response, "element UploadId is missing")))));
    }

    /** Uploads a part and returns its ETag. The store compares it with its MD5. */
    Either<OtaFailure, String> putPart(
            ObsBucket bucket,
            String key,
            String uploadId,
            PartPlan.Part part,
            Artifact file,
            TransferListener listener) {
        OperationContext origin = client.contextOf("UploadPart");
        Message subject = Message.of("part {0} of {1}", part.number(), subject(bucket, key));
        return url(origin, bucket, key)
                .flatMap(url -> transfer.upload(
                        origin,
                        bucket.request(url.newBuilder()
                                        .addQueryParameter("partNumber", String.valueOf(part.number()))
                                        .addQueryParameter("uploadId", uploadId)
                                        .build())
                                .header("Content-MD5", base64(part.md5().value()))
                                .put(ArtifactBody.part(file, part.offset(), part.length(), part.md5(), listener))
                                .tag(Artifact.class, file)
                                .build(),
                        (head, body) -> head.isSuccess()
                                ? head.header("ETag")
                                        .map(ObsClient::unquoted)
                                        .toEither(() -> unreadable(origin, subject, head, "header ETag is missing"))
                                : Either.left(transfer.failure(origin, subject, head, body))));
    }

    /** Returns the parts of an upload that are stored. */
    Either<OtaFailure, List<StoredPart>> parts(ObsBucket bucket, String key, String uploadId) {
        OperationContext origin = client.contextOf("ListParts");
        return url(origin, bucket, key)
                .map(url ->
                        url.newBuilder().addQueryParameter("uploadId", uploadId).build())
                .flatMap(first -> pages(
                        origin,
                        bucket,
                        subject(bucket, key),
                        first,
                        "ListPartsResult",
                        root -> new ListPage<>(
                                root.all("Part").flatMap(ObsClient::part),
                                next(root, "NextPartNumberMarker")
                                        .map(marker -> first.newBuilder()
                                                .setQueryParameter("part-number-marker", marker)
                                                .build()))));
    }

    /** Joins the parts of an upload to an object. */
    Either<OtaFailure, Boolean> complete(ObsBucket bucket, String key, String uploadId, List<String> etags) {
        OperationContext origin = client.contextOf("CompleteMultipartUpload");
        byte[] xml = completion(etags).getBytes(StandardCharsets.UTF_8);
        return url(origin, bucket, key)
                .flatMap(url -> transfer.change(
                        origin,
                        bucket.request(url.newBuilder()
                                        .addQueryParameter("uploadId", uploadId)
                                        .build())
                                .header("Content-MD5", Base64.getEncoder().encodeToString(md5().digest(xml)))
                                .post(RequestBody.create(xml, XML))
                                .build(),
                        // The store sends status 200 before it has joined the parts, so the body may hold an error.
                        response -> decodeXml(
                                origin,
                                subject(bucket, key),
                                response,
                                List.of("CompleteMultipartUploadResult"),
                                root -> true)));
    }

    /**
     * Returns the uploads that were started and neither completed nor aborted.
     *
     * @param prefix the beginning of their keys
     */
    public Either<OtaFailure, List<UnfinishedUpload>> uploads(ObsBucket bucket, String prefix) {
        OperationContext origin = client.contextOf("ListMultipartUploads");
        HttpUrl first = bucket.url()
                .newBuilder()
                .addQueryParameter("uploads", null)
                .addQueryParameter("prefix", prefix)
                .build();
        return pages(
                        origin,
                        bucket,
                        Message.of("uploads in bucket {0}", bucket.name()),
                        first,
                        "ListMultipartUploadsResult",
                        root -> new ListPage<>(
                                root.all("Upload").flatMap(upload -> upload(bucket, upload)),
                                next(root, "NextKeyMarker")
                                        .map(marker -> first.newBuilder()
                                                .setQueryParameter("key-marker", marker)
                                                .setQueryParameter(
                                                        "upload-id-marker",
                                                        root.value("NextUploadIdMarker")
                                                                .getOrElse(""))
                                                .build())))
                .map(uploads ->
                        uploads.filter(upload -> upload.location().key().exists(key -> key.startsWith(prefix))));
    }

    /** Aborts an upload and deletes its parts. */
    public Either<OtaFailure, DeleteResult> abort(ObsBucket bucket, String key, String uploadId) {
        OperationContext origin = client.contextOf("AbortMultipartUpload");
        return url(origin, bucket, key)
                .map(url ->
                        url.newBuilder().addQueryParameter("uploadId", uploadId).build())
                .flatMap(url -> transfer.delete(
                        origin,
                        bucket.request(url).delete().build(),
                        response -> deleted(origin, bucket, key, response)));
    }

    /** Returns the failure of a request that cannot be sent. */
    OtaFailure rejected(Message summary, Message advice) {
        return new OtaFailure.Rejected(FailureDetails.of(client.contextOf("PutObject"), summary, advice));
    }

    /** Returns the current time by the clock of the backend. */
    Instant now() {
        return client.clock().instant();
    }

    private Either<OtaFailure, HttpUrl> url(OperationContext origin, ObsBucket bucket, String key) {
        return bucket.url(key)
                .toEither(() -> new OtaFailure.Rejected(FailureDetails.of(
                        origin,
                        Message.of("{0} cannot be the key of an object", ConstraintViolation.quoted(key)),
                        Message.of("A key has 1 to 1024 bytes of UTF-8; nothing was sent"))));
    }

    private <T> Either<OtaFailure, List<T>> pages(
            OperationContext origin,
            ObsBucket bucket,
            Message subject,
            HttpUrl first,
            String root,
            Function<ObsXml, ListPage<T>> read) {
        List<T> entries = List.empty();
        Option<HttpUrl> next = Option.some(first);
        for (int page = 0; next.isDefined() && page < MAX_PAGES; page++) {
            Either<OtaFailure, ListPage<T>> listed = transfer.read(
                    origin,
                    bucket.request(next.get()).get().build(),
                    response -> decodeXml(origin, subject, response, List.of(root), read));
            if (listed.isLeft()) {
                return Either.left(listed.getLeft());
            }
            entries = entries.prependAll(listed.get().entries().reverse());
            next = listed.get().next();
        }
        return Either.right(entries.reverse());
    }

    private static Option<String> next(ObsXml root, String marker) {
        return root.value("IsTruncated").filter("true"::equals).flatMap(isTruncated -> root.value(marker));
    }

    private static Option<UnfinishedUpload> upload(ObsBucket bucket, ObsXml upload) {
        return upload.value("UploadId")
                .flatMap(id -> upload.value("Key")
                        .map(key -> new UnfinishedUpload(
                                id,
                                bucket.location(key),
                                upload.value("Initiated").flatMap(ObsClient::instant))));
    }

    private static Option<StoredPart> part(ObsXml part) {
        return part.value("PartNumber")
                .filter(number -> number.matches("[0-9]{1,5}"))
                .flatMap(number -> part.value("Size")
                        .filter(size -> size.matches("[0-9]{1,18}"))
                        .flatMap(size -> part.value("ETag")
                                .map(etag -> new StoredPart(
                                        Integer.parseInt(number), Long.parseLong(size), unquoted(etag)))));
    }

    private static Option<Instant> instant(String text) {
        try {
            return Option.some(Instant.parse(text));
        } catch (DateTimeException notADate) {
            return Option.none();
        }
    }

    private static String completion(List<String> etags) {
        StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
        int number = 0;
        for (String etag : etags) {
            number++;
            xml.append("<Part><PartNumber>")
                    .append(number)
                    .append("</PartNumber><ETag>")
                    .append(etag.replace("&", "&amp;").replace("<", "&lt;"))
                    .append("</ETag></Part>");
        }
        return xml.append("</CompleteMultipartUpload>").toString();
    }

    private Either<OtaFailure, DeleteResult> deleted(
            OperationContext origin, ObsBucket bucket, String key, HttpResponse response) {
        Option<String> code =
                response.status() == 404 ? ObjectStoreError.of(response).code() : Option.none();
        return code.exists(text -> text.equals("NoSuchUpload") || text.equals("NoSuchKey"))
                ? Either.right(DeleteResult.NOT_FOUND)
                : decode(origin, subject(bucket, key), response, ignored -> Either.right(DeleteResult.DELETED));
    }

    private <T> Either<OtaFailure, T> decode(
            OperationContext origin,
            Message subject,
            HttpResponse response,
            Function<HttpResponse, Either<OtaFailure, T>> read) {
        return response.isSuccess() ? read.apply(response) : Either.left(failure(origin, subject, response));
    }

    private <T> Either<OtaFailure, T> decodeXml(
            OperationContext origin,
            Message subject,
            HttpResponse response,
            List<String> roots,
            Function<ObsXml, T> read) {
        return decode(
                origin,
                subject,
                response,
                success -> ObsXml.parse(success)
                        .<Either<OtaFailure, T>>fold(
                                reason -> Either.left(unreadable(origin, subject, success, reason)),
                                root -> roots.contains(root.name())
                                        ? Either.right(read.apply(root))
                                        : Either.left(
                                                root.name().equals("Error")
                                                        ? failure(origin, subject, success)
                                                        : unreadable(
                                                                origin,
                                                                subject,
                                                                success,
                                                                "the root element is " + root.name()))));
    }

    private OtaFailure failure(OperationContext origin, Message subject, HttpResponse response) {
        return transfer.failure(origin, subject, response);
    }

    private OtaFailure unreadable(OperationContext origin, Message subject, HttpResponse response, String reason) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} returned a response for {1} that cannot be read: {2}",
                                origin.backend(),
                                subject,
                                client.redactor().sanitize(reason).getOrElse("")),
                        Message.of("Check that obs.endpoint is the address of OBS, and report the response if it is"))
                .withStatus(response.status())
                .withVendorError(Option.none(), Option.none(), response.requestId()));
    }

    private static ObsObject digest(InputStream body) throws IOException {
        MessageDigest sha256 = messageDigest(Checksum.SHA256);
        long size = 0;
        try (DigestInputStream in = new DigestInputStream(body, sha256)) {
            byte[] buffer = new byte[BUFFER];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                size += count;
            }
        }
        return new ObsObject(
                Option.some(size),
                Option.some(Checksum.of(Checksum.SHA256, HexFormat.of().formatHex(sha256.digest()))));
    }

    private static Message subject(ObsBucket bucket, String key) {
        return Message.of("object {0} of bucket {1}", key, bucket.name());
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    private static MessageDigest md5() {
        return messageDigest(Checksum.MD5);
    }

    private static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
