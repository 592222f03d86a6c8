package io.otabridge.simulators.objectstore;

import static java.util.Locale.ROOT;

import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.LoopbackServer;
import io.otabridge.simulators.server.PercentEncoding;
import io.otabridge.simulators.server.ReceivedRequest;
import io.otabridge.simulators.server.Xml;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The operations of OSS. The body of a rejected request is read to its end, so that clients receive the response. */
final class OssService implements LoopbackServer.StreamingService {

    private static final String REQUEST_ID = "x-oss-request-id";
    private static final String OCTETS = "application/octet-stream";

    private final ObjectFolder objects;
    private final StoreFaults faults;
    private final Clock clock;
    private final AtomicLong lastRequest = new AtomicLong();

    OssService(ObjectFolder objects, StoreFaults faults, Clock clock) {
        this.objects = objects;
        this.faults = faults;
        this.clock = clock;
    }

    static StoreError policyExpired() {
        return StoreError.accessDenied("Invalid according to Policy: Policy expired.");
    }

    static StoreError linkExpired() {
        return StoreError.accessDenied("Request has expired.");
    }

    static StoredObject toObject(ObjectFolder.Content content, String contentType, Instant now) {
        String md5 = content.md5();
        return new StoredObject(content.file(), content.size(), md5, md5.toUpperCase(ROOT), contentType, Map.of(), now);
    }

    @Override
    public HttpReply respond(ReceivedRequest call, InputStream body) throws IOException {
        Option<StoreError> fault = faults.next(call);
        Either<StoreError, HttpReply> result = fault.isDefined() ? Either.left(fault.get()) : handle(call, body);
        body.transferTo(OutputStream.nullOutputStream());
        String requestId = nextRequestId();
        if (result.isLeft()) {
            return result.getLeft().toReply(REQUEST_ID, requestId);
        }
        HttpReply reply = result.get();
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put(REQUEST_ID, requestId);
        return new HttpReply(reply.status(), headers, reply.body(), reply.file(), reply.isOfChange());
    }

    @Override
    public HttpReply errorResponse(int status) {
        return new StoreError(status, status == 500 ? "InternalError" : "InvalidURI", "The request was not handled.")
                .toReply(REQUEST_ID, nextRequestId());
    }

    private String nextRequestId() {
        return String.format("%024X", lastRequest.incrementAndGet());
    }

    private Either<StoreError, HttpReply> handle(ReceivedRequest call, InputStream body) throws IOException {
        String path = PercentEncoding.decodeSegment(call.rawPath()).substring(1);
        String key = path.startsWith(OssSimulator.BUCKET + "/")
                ? path.substring(OssSimulator.BUCKET.length() + 1)
                : path.equals(OssSimulator.BUCKET) ? "" : path;
        if (call.method().equals("POST") && key.isEmpty()) {
            return post(call, body);
        }
        Option<StoreError> error =
                OssSignature.check(call, key, clock).orElse(() -> Option.when(key.isEmpty(), StoreError::notAllowed));
        return error.isDefined()
                ? Either.left(error.get())
                : switch (call.method()) {
                    case "GET", "HEAD" -> get(call, key);
                    case "PUT" -> put(call, key, body);
                    case "DELETE" -> {
                        objects.remove(OssSimulator.BUCKET, key);
                        yield Either.right(new HttpReply(204, Map.of(), "").ofChange());
                    }
                    default -> Either.left(StoreError.notAllowed());
                };
    }

    private Either<StoreError, HttpReply> get(ReceivedRequest call, String key) {
        return objects.find(OssSimulator.BUCKET, key)
                .toEither(() -> StoreError.noSuchKey(key))
                .flatMap(object -> ObjectDownload.of(call, object, faults.ignoresRanges()));
    }

    private Either<StoreError, HttpReply> put(ReceivedRequest call, String key, InputStream body) throws IOException {
        ObjectFolder.Content content = objects.write(body, Long.MAX_VALUE);
        String md5 = Base64.getEncoder().encodeToString(content.md5Bytes());
        if (call.header("content-md5").exists(sent -> !sent.equals(md5))) {
            ObjectFolder.delete(content.file());
            return Either.left(StoreError.badDigest());
        }
        return Either.right(
                store(key, toObject(content, call.header("content-type").getOrElse(OCTETS), clock.instant()), 200));
    }

    /** Handles a form upload: text fields, of which the policy and its signature are checked, and the file last. */
    private Either<StoreError, HttpReply> post(ReceivedRequest call, InputStream body) throws IOException {
        if (call.header("content-length").isEmpty()) {
            return Either.left(StoreError.noLength());
        }
        Option<MultipartForm> form =
                MultipartForm.of(call.header("content-type").getOrElse(""), body);
        if (form.isEmpty()) {
            return Either.left(malformed("The body of the form is not multipart/form-data."));
        }
        Map<String, String> fields = new HashMap<>();
        Option<MultipartForm.Part> part = form.get().next();
        while (part.exists(field -> !field.name().equals("file"))) {
            fields.put(fieldName(part.get().name()), part.get().text());
            part = form.get().next();
        }
        if (part.isEmpty()) {
            return Either.left(malformed("The form must have exactly one file, as its last field."));
        }
        Either<StoreError, PostPolicy> policy = authorize(fields);
        if (policy.isLeft()) {
            return Either.left(policy.getLeft());
        }
        ObjectFolder.Content content =
                objects.write(part.get().content(), policy.get().maxSize());
        Option<StoreError> error = Option.when(content.size() > policy.get().maxSize(), StoreError::tooLarge)
                .orElse(Option.when(content.size() < policy.get().minSize(), StoreError::tooSmall));
        if (error.isEmpty() && form.get().next().isDefined()) {
            error = Option.some(malformed("The form must not have fields after the file."));
        }
        if (error.isDefined()) {
            ObjectFolder.delete(content.file());
            return Either.left(error.get());
        }
        StoredObject object = toObject(content, part.get().contentType().getOrElse(OCTETS), clock.instant());
        return Either.right(store(fields.getOrDefault("key", ""), object, status(fields)));
    }

    private static String fieldName(String sent) {
        return sent.equalsIgnoreCase("signature") || sent.equalsIgnoreCase("OSSAccessKeyId")
                ? sent.toLowerCase(ROOT)
                : sent;
    }

    private Either<StoreError, PostPolicy> authorize(Map<String, String> fields) {
        String encoded = fields.getOrDefault("policy", "");
        if (fields.getOrDefault("key", "").isEmpty()) {
            return Either.left(StoreError.invalid("The form must contain the key before the file."));
        }
        if (!fields.getOrDefault("ossaccesskeyid", "").equals(OssSimulator.ACCESS_KEY)) {
            return Either.left(StoreError.unknownAccessKey());
        }
        if (!Digests.same(OssSignature.of(encoded), fields.getOrDefault("signature", ""))) {
            return Either.left(StoreError.wrongSignature(encoded));
        }
        return PostPolicy.read(encoded).flatMap(policy -> {
            Option<StoreError> error = Option.when(
                            !clock.instant().isBefore(policy.expiration()), OssService::policyExpired)
                    .orElse(() -> policy.check(fields));
            return error.isDefined() ? Either.left(error.get()) : Either.right(policy);
        });
    }

    private static int status(Map<String, String> fields) {
        return switch (fields.getOrDefault("success_action_status", "")) {
            case "200" -> 200;
            case "201" -> 201;
            default -> 204;
        };
    }

    private HttpReply store(String key, StoredObject object, int status) {
        objects.put(OssSimulator.BUCKET, key, object);
        Map<String, String> headers = new HashMap<>();
        headers.put("ETag", '"' + object.eTag() + '"');
        String body = "";
        if (status == 201) {
            headers.put("Content-Type", "application/xml");
            body = new Xml("PostResponse")
                    .add("Bucket", OssSimulator.BUCKET)
                    .add("Key", key)
                    .add("ETag", '"' + object.eTag() + '"')
                    .toString();
        }
        return new HttpReply(status, headers, body).ofChange();
    }

    private static StoreError malformed(String message) {
        return new StoreError(400, "MalformedPOSTRequest", message);
    }
}
