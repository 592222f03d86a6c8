package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.LoopbackServer;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import io.vavr.control.Try;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The operations of OBS. The body of a rejected request is read to its end, so that clients receive the response. */
final class ObsService implements LoopbackServer.StreamingService {

    /** The documented maximum of an object and of a part: 5 GiB. */
    private static final long MAX_SIZE = 5L << 30;

    private static final int MAX_XML = 4 << 20;
    private static final int MAX_PAGE = 1000;
    private static final Map<String, String> XML = Map.of("Content-Type", "application/xml");

    private final ObjectFolder objects;
    private final StoreFaults faults;
    private final MultipartUploads uploads;
    private final ObsAuthenticator authenticator;
    private final Map<String, String> regions;
    private final Clock clock;
    private final AtomicLong lastRequest = new AtomicLong();
    private volatile boolean isPermitted = true;

    ObsService(
            ObjectFolder objects,
            StoreFaults faults,
            MultipartUploads uploads,
            ObsAuthenticator authenticator,
            Map<String, String> regions,
            Clock clock) {
        this.objects = objects;
        this.faults = faults;
        this.uploads = uploads;
        this.authenticator = authenticator;
        this.regions = regions;
        this.clock = clock;
    }

    void permit(boolean permitted) {
        isPermitted = permitted;
    }

    static StoredObject toObject(
            ObjectFolder.Content content, String contentType, Map<String, String> metadata, Instant now) {
        return new StoredObject(
                content.file(), content.size(), content.md5(), content.md5(), contentType, metadata, now);
    }

    @Override
    public HttpReply respond(ReceivedRequest call, InputStream body) throws IOException {
        Option<StoreError> fault = faults.next(call);
        Either<StoreError, HttpReply> result = fault.isDefined() ? Either.left(fault.get()) : handle(call, body);
        body.transferTo(OutputStream.nullOutputStream());
        String requestIdHeader = ObsAuthenticator.headerPrefix(call) + "request-id";
        String requestId = nextRequestId();
        if (result.isLeft()) {
            return result.getLeft().toReply(requestIdHeader, requestId);
        }
        HttpReply reply = result.get();
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put(requestIdHeader, requestId);
        return new HttpReply(reply.status(), headers, reply.body(), reply.file(), reply.isOfChange());
    }

    @Override
    public HttpReply errorResponse(int status) {
        return new StoreError(status, status == 500 ? "InternalError" : "InvalidURI", "The request was not handled.")
                .toReply("x-obs-request-id", nextRequestId());
    }

    private String nextRequestId() {
        return String.format("%032X", lastRequest.incrementAndGet());
    }

    private Either<StoreError, HttpReply> handle(ReceivedRequest call, InputStream body) throws IOException {
        // SDKs of the vendor ask for the version of the API, without a signature, before they choose a form.
        if (call.parameter("apiversion").isDefined()) {
            return Either.right(new HttpReply(200, Map.of("x-obs-api", "3.0"), ""));
        }
        ObsAddress address = ObsAddress.of(call);
        Option<StoreError> error = authenticator
                .check(call, address)
                .orElse(() -> Option.when(
                        !isPermitted, () -> StoreError.accessDenied("Access denied. The policy does not allow it.")))
                .orElse(() -> Option.when(address.bucket().isEmpty(), StoreError::notAllowed))
                .orElse(() -> Option.when(
                        !regions.containsKey(address.bucket()), () -> StoreError.noSuchBucket(address.bucket())));
        if (error.isDefined()) {
            return Either.left(error.get());
        }
        if (address.key().isEmpty()) {
            return handleBucket(call, address);
        }
        Option<String> id = call.parameter("uploadId");
        if (id.isEmpty()) {
            return handleObject(call, address, body);
        }
        Either<StoreError, MultipartUploads.Upload> upload = uploads.find(address.bucket(), address.key(), id.get());
        return upload.isLeft() ? Either.left(upload.getLeft()) : handleUpload(call, upload.get(), body);
    }

    private Either<StoreError, HttpReply> handleBucket(ReceivedRequest call, ObsAddress address) {
        String region = regions.getOrDefault(address.bucket(), "");
        String prefix = ObsAuthenticator.headerPrefix(call);
        if (call.method().equals("HEAD")) {
            return Either.right(new HttpReply(200, Map.of(prefix + "bucket-location", region), ""));
        }
        if (call.method().equals("GET") && call.parameter("location").isDefined()) {
            return Either.right(new HttpReply(200, XML, ObsXml.location(region, prefix.equals("x-amz-"))));
        }
        if (call.method().equals("GET") && call.parameter("uploads").isDefined()) {
            String keyPrefix = call.parameter("prefix").getOrElse("");
            return Either.right(new HttpReply(
                    200,
                    XML,
                    ObsXml.uploads(
                            address.bucket(),
                            keyPrefix,
                            uploads.list(
                                    address.bucket(),
                                    keyPrefix,
                                    call.parameter("key-marker").getOrElse(""),
                                    call.parameter("upload-id-marker").getOrElse("")),
                            pageSize(call, "max-uploads"))));
        }
        return Either.left(StoreError.notAllowed());
    }

    private Either<StoreError, HttpReply> handleObject(ReceivedRequest call, ObsAddress address, InputStream body)
            throws IOException {
        return switch (call.method()) {
            case "GET", "HEAD" ->
                objects.find(address.bucket(), address.key())
                        .toEither(() -> StoreError.noSuchKey(address.key()))
                        .flatMap(object -> ObjectDownload.of(call, object, faults.ignoresRanges())
                                .map(reply -> withMetadata(reply, object, call)));
            case "PUT" ->
                receive(call, body).map(content -> {
                    StoredObject object = toObject(content, contentType(call), metadata(call), clock.instant());
                    objects.put(address.bucket(), address.key(), object);
                    return stored(object.eTag());
                });
            case "DELETE" -> {
                objects.remove(address.bucket(), address.key());
                yield Either.right(new HttpReply(204, Map.of(), "").ofChange());
            }
            case "POST" -> {
                if (call.parameter("uploads").isEmpty()) {
                    yield Either.left(StoreError.notAllowed());
                }
                MultipartUploads.Upload upload = uploads.start(
                        address.bucket(), address.key(), contentType(call), metadata(call), clock.instant());
                yield Either.right(new HttpReply(200, XML, ObsXml.started(upload)).ofChange());
            }
            default -> Either.left(StoreError.notAllowed());
        };
    }

    private Either<StoreError, HttpReply> handleUpload(
            ReceivedRequest call, MultipartUploads.Upload upload, InputStream body) throws IOException {
        switch (call.method()) {
            case "PUT" -> {
                int number = number(call, "partNumber", 0);
                if (number < 1 || number > 10_000) {
                    return Either.left(StoreError.invalid("The part number must be 1 to 10000."));
                }
                return receive(call, body)
                        .flatMap(content -> uploads.put(
                                        upload, new MultipartUploads.Part(number, content, clock.instant()))
                                .<Either<StoreError, HttpReply>>map(Either::left)
                                .getOrElse(() -> Either.right(stored(content.md5()))));
            }
            case "GET" -> {
                int after = number(call, "part-number-marker", 0);
                return Either.right(new HttpReply(
                        200,
                        XML,
                        ObsXml.parts(upload, uploads.parts(upload, after), after, pageSize(call, "max-parts"))));
            }
            case "POST" -> {
                byte[] xml = body.readNBytes(MAX_XML);
                byte[] md5 = Digests.newDigest("MD5").digest(xml);
                if (contentMd5(call).exists(sent -> !Arrays.equals(sent, md5))) {
                    return Either.left(StoreError.badDigest());
                }
                Either<StoreError, List<MultipartUploads.NamedPart>> named = ObsXml.namedParts(xml);
                return named.isLeft()
                        ? Either.left(named.getLeft())
                        : uploads.complete(upload, named.get(), clock.instant()).map(object -> {
                            objects.put(upload.bucket(), upload.key(), object);
                            return new HttpReply(200, XML, ObsXml.completed(upload, object)).ofChange();
                        });
            }
            case "DELETE" -> {
                uploads.abort(upload);
                return Either.right(new HttpReply(204, Map.of(), "").ofChange());
            }
            default -> {
                return Either.left(StoreError.notAllowed());
            }
        }
    }

    /** Reads the body of an upload and checks its length and Content-MD5. */
    private Either<StoreError, ObjectFolder.Content> receive(ReceivedRequest call, InputStream body)
            throws IOException {
        Option<byte[]> md5 = contentMd5(call);
        if (call.header("content-md5").isDefined() && md5.forAll(bytes -> bytes.length != 16)) {
            return Either.left(new StoreError(400, "InvalidDigest", "The Content-MD5 is not the base64 of an MD5."));
        }
        ObjectFolder.Content content = objects.write(body, MAX_SIZE);
        Option<StoreError> error = Option.when(content.size() > MAX_SIZE, StoreError::tooLarge)
                .orElse(() -> Option.when(
                        md5.exists(bytes -> !Arrays.equals(bytes, content.md5Bytes())), StoreError::badDigest));
        boolean isComplete = call.header("content-length").forAll(sent -> Long.parseLong(sent) == content.size());
        if (error.isDefined() || !isComplete) {
            ObjectFolder.delete(content.file());
        }
        if (!isComplete) {
            throw new EOFException("the body is shorter than its Content-Length");
        }
        return error.isDefined() ? Either.left(error.get()) : Either.right(content);
    }

    /** Returns the decoded Content-MD5; none if it is missing or no base64. */
    private static Option<byte[]> contentMd5(ReceivedRequest call) {
        return call.header("content-md5")
                .flatMap(sent -> Try.of(() -> Base64.getDecoder().decode(sent)).toOption());
    }

    private static String contentType(ReceivedRequest call) {
        return call.header("content-type").getOrElse("application/octet-stream");
    }

    private static Map<String, String> metadata(ReceivedRequest call) {
        String prefix = ObsAuthenticator.headerPrefix(call) + "meta-";
        return call.headers().entrySet().stream()
                .filter(header -> header.getKey().startsWith(prefix))
                .collect(Collectors.toMap(header -> header.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    private static HttpReply withMetadata(HttpReply reply, StoredObject object, ReceivedRequest call) {
        Map<String, String> headers = new HashMap<>(reply.headers());
        String prefix = ObsAuthenticator.headerPrefix(call) + "meta-";
        object.metadata().forEach((name, value) -> headers.put(prefix + name, value));
        return new HttpReply(reply.status(), headers, reply.body(), reply.file(), false);
    }

    private static HttpReply stored(String eTag) {
        return new HttpReply(200, Map.of("ETag", '"' + eTag + '"'), "").ofChange();
    }

    private static int pageSize(ReceivedRequest call, String parameter) {
        return Math.max(1, Math.min(MAX_PAGE, number(call, parameter, MAX_PAGE)));
    }

    private static int number(ReceivedRequest call, String parameter, int defaultValue) {
        return call.parameter(parameter)
                .map(text -> text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0)
                .getOrElse(defaultValue);
    }
}
