package io.otabridge.client.transfer;

import io.otabridge.client.error.CallFailures;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Request;

/**
 * Downloads a file. Its bytes are written to a temporary file beside the target, which is renamed when all have arrived
 * and their digest is correct. After a failure, the same download continues where this one ended, if the store sent an
 * ETag. Used by one thread.
 */
public final class FileDownload {

    /** Where the file is requested from. */
    public interface Source {

        /** A GET request for the whole file, with a link that has just been issued. */
        Either<OtaFailure, Request> request();

        /** What is requested, for failures, such as an object and its bucket; absent for the vendor's name of the file. */
        default Option<Message> subject() {
            return Option.none();
        }

        /** Whether a failure means that the link has expired. A new request is made then, a few times at most. */
        boolean isExpired(OtaFailure failure);
    }

    /** What a response means. */
    private enum Received {
        /** All bytes are in the temporary file. */
        COMPLETE,
        /** The object is not the one of the bytes in the temporary file. */
        REPLACED
    }

    private static final int BUFFER = 65_536;

    /** A download ends after this many interruptions without this many bytes in between. */
    private static final int MAX_INTERRUPTIONS = 10;

    private static final long GOOD_PROGRESS = 16L << 20;

    /** The maximum number of new requests without any progress. */
    private static final int MAX_RENEWALS = 2;

    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");
    private static final Pattern UNSATISFIED_RANGE = Pattern.compile("bytes \\*/([0-9]{1,18})");

    private final TransferClient client;
    private final OperationContext origin;
    private final FirmwareFile file;
    private final Download download;
    private final Source source;
    private final String name;
    private final Message subject;
    private final ContentCheck check;
    private final PartialFile part;
    private final byte[] buffer = new byte[BUFFER];
    private long resumedAt;
    private long requestedFrom;

    private FileDownload(
            TransferClient client,
            OperationContext origin,
            FirmwareFile file,
            Download download,
            Source source,
            PartialFile part) {
        this.client = client;
        this.origin = origin;
        this.file = file;
        this.download = download;
        this.source = source;
        this.name = nameOf(file, download);
        this.subject = subjectOf(file, source);
        this.check = ContentCheck.of(file, download);
        this.part = part;
    }

    /**
     * Downloads a file.
     *
     * @param client sends the requests. Requests that failed are repeated for the missing bytes
     * @param file the size and the digests that the vendor sends
     * @param source makes the request
     * @return the complete file; {@link OtaFailure.DigestMismatch} if its size or digest differs, and nothing of it is
     *     kept; {@link OtaFailure.Rejected} if it is larger than allowed, has no digest although one is required, or
     *     cannot be written; otherwise the failure
     */
    public static Either<OtaFailure, DownloadResult> run(
            TransferClient client, OperationContext origin, FirmwareFile file, Download download, Source source) {
        ContentCheck check = ContentCheck.of(file, download);
        if (download.requiresDigest() && check.isEmpty()) {
            return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    origin,
                    Message.of(
                            "Backend {0} has no digest of {1}, but one is required",
                            origin.backend(), subjectOf(file, source)),
                    Message.of("Give the digest that the file must have; nothing was sent"))));
        }
        Option<String> contradiction = check.contradiction();
        if (contradiction.isDefined()) {
            return Either.left(new OtaFailure.DigestMismatch(FailureDetails.of(
                    origin,
                    Message.of(
                            "{0} of backend {1} is not the expected one: {2}",
                            subjectOf(file, source), origin.backend(), contradiction.get()),
                    Message.of("Compare the file that was published with the expected one; nothing was downloaded"))));
        }
        try (PartialFile part = PartialFile.open(download.target())) {
            return new FileDownload(client, origin, file, download, source, part).run();
        } catch (IOException e) {
            return Either.left(storageFailure(origin, download, e));
        }
    }

    /** Names the file as the vendor knows it: the name of the target is that of the caller. */
    private static Message subjectOf(FirmwareFile file, Source source) {
        return source.subject()
                .orElse(() -> file.name().map(known -> Message.of("file {0}", known)))
                .getOrElse(() -> Message.of("the file"));
    }

    /** Names the file in progress reports. */
    private static String nameOf(FirmwareFile file, Download download) {
        return file.name().getOrElse(() -> String.valueOf(download.target().getFileName()));
    }

    private Either<OtaFailure, DownloadResult> run() throws IOException {
        Option<OtaFailure> violation = file.size().flatMap(this::violation);
        if (violation.isDefined()) {
            return Either.left(violation.get());
        }
        part.readInto(check);
        resumedAt = part.position();
        Either<OtaFailure, DownloadResult> result = receiveAll().flatMap(complete -> finish());
        if (result.isLeft() && result.getLeft() instanceof OtaFailure.DigestMismatch) {
            part.discard();
        }
        return result.mapLeft(this::withProgress);
    }

    /** Sends requests until all bytes have arrived. */
    private Either<OtaFailure, Received> receiveAll() throws IOException {
        Either<OtaFailure, Request> request = source.request();
        boolean wasReplaced = false;
        int renewals = 0;
        int interruptions = 0;
        while (request.isRight()) {
            long before = part.position();
            Either<OtaFailure, Received> outcome = client.download(origin, prepared(request.get()), this::receive);
            long progress = part.position() - before;
            if (outcome.isRight()) {
                if (outcome.get() == Received.COMPLETE) {
                    return outcome;
                }
                if (wasReplaced) {
                    return Either.left(replaced());
                }
                wasReplaced = true;
                restart();
            } else if (source.isExpired(outcome.getLeft())) {
                renewals = progress > 0 ? 1 : renewals + 1;
                if (renewals > MAX_RENEWALS) {
                    return outcome;
                }
                request = source.request();
            } else {
                interruptions = progress >= GOOD_PROGRESS ? 1 : interruptions + 1;
                if (!outcome.getLeft().isRetryable() || progress <= 0 || interruptions > MAX_INTERRUPTIONS) {
                    return outcome;
                }
            }
        }
        return Either.left(request.getLeft());
    }

    private Request prepared(Request request) {
        return request.newBuilder()
                .header("Accept-Encoding", "identity")
                .tag(TransferClient.AttemptHeaders.class, this::withRange)
                .build();
    }

    /** Requests the missing bytes, which are others in a retry. */
    private Request withRange(Request request) {
        requestedFrom = part.etag().isDefined() ? part.position() : 0;
        return requestedFrom == 0
                ? request
                : request.newBuilder()
                        .header("Range", "bytes=" + requestedFrom + "-")
                        .header("If-Match", part.etag().get())
                        .build();
    }

    private Either<OtaFailure, Received> receive(HttpResponse head, InputStream body) throws IOException {
        try {
            return switch (head.status()) {
                case 200 -> receiveWhole(head, body);
                case 206 -> receiveRest(head, body);
                case 412 -> requestedFrom > 0 ? Either.right(Received.REPLACED) : vendorFailure(head, body);
                case 416 -> requestedFrom > 0 ? Either.right(unsatisfied(head)) : vendorFailure(head, body);
                default -> vendorFailure(head, body);
            };
        } catch (StorageException e) {
            return Either.left(storageFailure(origin, download, e.storage));
        }
    }

    private Either<OtaFailure, Received> vendorFailure(HttpResponse head, InputStream body) throws IOException {
        return Either.left(client.failure(origin, subject, head, body));
    }

    private Either<OtaFailure, Received> receiveWhole(HttpResponse head, InputStream body) throws IOException {
        long total = head.header("Content-Length").map(Long::parseLong).getOrElse(-1L);
        store(this::restart);
        Option<OtaFailure> violation = encoded(head).orElse(() -> total < 0 ? unbounded(head) : violation(total));
        if (violation.isDefined()) {
            return Either.left(violation.get());
        }
        store(() -> part.start(head.header("ETag"), total));
        return copy(body);
    }

    private Either<OtaFailure, Received> receiveRest(HttpResponse head, InputStream body) throws IOException {
        Matcher range = RANGE.matcher(head.header("Content-Range").getOrElse(""));
        if (requestedFrom == 0
                || !range.matches()
                || Long.parseLong(range.group(1)) != requestedFrom
                || Long.parseLong(range.group(2)) != Long.parseLong(range.group(3)) - 1) {
            return Either.left(client.unreadable(origin, subject, "it has another range than requested", head));
        }
        long total = Long.parseLong(range.group(3));
        boolean isSame = head.header("ETag").forAll(part.etag()::contains) && (part.size() < 0 || part.size() == total);
        if (!isSame) {
            return Either.right(Received.REPLACED);
        }
        part.learnSize(total);
        Option<OtaFailure> violation = encoded(head).orElse(() -> violation(total));
        return violation.isDefined() ? Either.left(violation.get()) : copy(body);
    }

    private Received unsatisfied(HttpResponse head) {
        Matcher total = UNSATISFIED_RANGE.matcher(head.header("Content-Range").getOrElse(""));
        return (total.matches() ? Long.parseLong(total.group(1)) : part.size()) == requestedFrom
                ? Received.COMPLETE
                : Received.REPLACED;
    }

    /** Without a digest, nothing shows whether encoded bytes are those of the file. */
    private Option<OtaFailure> encoded(HttpResponse head) {
        return head.header("Content-Encoding")
                .filter(coding -> check.isEmpty() && !coding.equalsIgnoreCase("identity"))
                .map(coding -> client.unreadable(origin, subject, "its bytes are encoded as " + coding, head));
    }

    /** Without a digest, nothing else shows whether all bytes have arrived. */
    private Option<OtaFailure> unbounded(HttpResponse head) {
        return Option.when(
                check.isEmpty() && file.size().isEmpty(),
                () -> client.unreadable(origin, subject, "it has no Content-Length", head));
    }

    private Either<OtaFailure, Received> copy(InputStream body) throws IOException {
        long total = part.size();
        long limit = total < 0 ? download.maxBytes() : total;
        for (int count; (count = body.read(buffer)) != -1; ) {
            int bytes = count;
            if (part.position() + bytes > limit) {
                return Either.left(total < 0 ? tooLarge("more than " + limit) : wrongSize("more than " + limit, total));
            }
            store(() -> part.append(buffer, bytes));
            check.update(buffer, bytes);
            download.listener().transferred(name, part.position(), total);
        }
        if (part.position() < total) {
            throw new EOFException("unexpected end of stream");
        }
        return Either.right(Received.COMPLETE);
    }

    private Either<OtaFailure, DownloadResult> finish() {
        try {
            Option<String> difference = check.difference();
            long size = part.position();
            if (file.size().exists(expected -> expected != size)) {
                return Either.left(wrongSize(String.valueOf(size), file.size().get()));
            }
            if (difference.isDefined()) {
                return Either.left(mismatch(difference.get()));
            }
            part.publish();
            download.listener().transferred(name, size, size);
            return Either.right(new DownloadResult(download.target(), size, check.sha256(), check.result(), resumedAt));
        } catch (IOException e) {
            return Either.left(storageFailure(origin, download, e));
        }
    }

    private void restart() throws IOException {
        check.restart();
        part.discard();
        resumedAt = 0;
    }

    /** The failure of a file of this size that must not be downloaded; absent if it may be. */
    private Option<OtaFailure> violation(long total) {
        if (file.size().exists(expected -> expected != total)) {
            return Option.some(wrongSize(String.valueOf(total), file.size().get()));
        }
        if (total > download.maxBytes()) {
            return Option.some(tooLarge(String.valueOf(total)));
        }
        try {
            long missing = total - part.position();
            long usable = part.usableSpace();
            return Option.when(
                    missing > usable,
                    () -> new OtaFailure.Rejected(FailureDetails.of(
                            origin,
                            Message.of(
                                    "{0} needs {1} more bytes, but the file system of {2} has {3}",
                                    subject, missing, download.target(), usable),
                            Message.of("Free space or choose another folder, and download again"))));
        } catch (IOException e) {
            return Option.some(storageFailure(origin, download, e));
        }
    }

    private OtaFailure tooLarge(String bytes) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "{0} of backend {1} has {2} bytes, and the limit is {3}",
                        subject, origin.backend(), bytes, download.maxBytes()),
                Message.of("Raise the limit if the file may be that large")));
    }

    private OtaFailure wrongSize(String bytes, long expected) {
        return mismatch(bytes + " bytes instead of " + expected);
    }

    private OtaFailure mismatch(String difference) {
        return new OtaFailure.DigestMismatch(FailureDetails.of(
                origin,
                Message.of("{0} of backend {1} has {2}", subject, origin.backend(), difference),
                Message.of("Do not use the file; compare it with the one that was published")));
    }

    private OtaFailure replaced() {
        return new OtaFailure.Unavailable(FailureDetails.of(
                        origin,
                        Message.of(
                                "{0} of backend {1} was replaced repeatedly while it was downloaded",
                                subject, origin.backend()),
                        Message.of("Download it again when it no longer changes"))
                .withRetry(Option.none()));
    }

    private static OtaFailure storageFailure(OperationContext origin, Download download, IOException e) {
        if (Thread.currentThread().isInterrupted()) {
            return CallFailures.cancelled(origin, Message.of("wrote {0}", download.target()));
        }
        String reason = e instanceof AccessDeniedException
                ? "permission denied"
                : Option.of(e instanceof FileSystemException detail ? detail.getReason() : e.getMessage())
                        .getOrElse(e.getClass().getSimpleName());
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of("Cannot write {0}: {1}", download.target(), reason),
                Message.of("Check the folder, its permissions and its free space, and download again")));
    }

    private OtaFailure withProgress(OtaFailure failure) {
        return part.etag().isEmpty() || part.position() == 0
                ? failure
                : failure.withDetails(failure.details()
                        .withMoreAdvice(Message.of(
                                "{0} bytes are kept, and the same download continues after them", part.position())));
    }

    /** Changes the temporary file. */
    @FunctionalInterface
    private interface Change {
        void run() throws IOException;
    }

    private static void store(Change change) {
        try {
            change.run();
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** Distinguishes errors of the disk from those of the network, which are retried. */
    private static final class StorageException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient IOException storage;

        StorageException(IOException storage) {
            super(storage);
            this.storage = storage;
        }
    }
}
