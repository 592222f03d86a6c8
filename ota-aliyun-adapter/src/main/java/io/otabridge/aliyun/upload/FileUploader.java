package io.otabridge.aliyun.upload;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.operation.UploadForm;
import io.otabridge.client.BackendClient;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.error.CallFailures;
import io.otabridge.client.transfer.ObjectStoreError;
import io.otabridge.client.transfer.TransferClient;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.TransferListener;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.HttpUrl;

/**
 * Uploads files to the object store of the platform with a form post, as described in the documents
 * "GenerateOTAUploadURL" and "GenerateDeviceNameListURL". A form is requested just before its upload, because it is valid
 * for one minute. An interrupted upload cannot be continued; it starts again with a new form. An upload cannot be
 * deleted; the platform deletes it after 60 minutes unless a package or job uses it.
 */
public final class FileUploader {

    /** The vendor's name of the operation on its object store. */
    public static final String POST_OBJECT = "PostObject";

    /** What happens to files that were uploaded for a package that was not created. */
    private static final Message UNUSED_UPLOADS =
            Message.of("the vendor deletes uploaded files after 60 minutes, unless a package uses them");

    private static final int MAX_RESTARTS = 2;
    private static final Duration FORM_LIFETIME = Duration.ofMinutes(1);

    /** The platform accepts an upload for 60 minutes. */
    private static final Duration MAX_AGE = Duration.ofMinutes(55);

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final int MAX_ERROR_BYTES = 64_000;
    private static final int OK = 200;

    private final BackendClient client;
    private final TransferClient transfers;
    private final AliyunSettings settings;
    private final Function<Artifact, Either<OtaFailure, UploadForm>> forms;
    private final OperationContext origin;

    /** @param forms requests the form for a file */
    public FileUploader(
            BackendClient client,
            TransferClient transfers,
            AliyunSettings settings,
            Function<Artifact, Either<OtaFailure, UploadForm>> forms) {
        this.client = client;
        this.transfers = transfers;
        this.settings = settings;
        this.forms = forms;
        this.origin = client.contextOf(POST_OBJECT);
    }

    private record Upload(String url, Instant started) {}

    /** Uploads files one after the other. Returns their addresses, in the same order. */
    public Either<OtaFailure, List<String>> upload(List<Artifact> files, TransferListener listener) {
        List<Upload> uploads = List.empty();
        for (Artifact file : files) {
            Either<OtaFailure, Upload> upload = upload(file, listener);
            if (upload.isLeft()) {
                return Either.left(uploads.isEmpty() ? upload.getLeft() : withUnusedUploads(upload.getLeft()));
            }
            uploads = uploads.append(upload.get());
            Instant oldest = uploads.head().started();
            if (Duration.between(oldest, client.clock().instant()).compareTo(MAX_AGE) > 0) {
                return Either.left(withUnusedUploads(tooSlow(uploads.size(), files.size())));
            }
        }
        return Either.right(uploads.map(Upload::url));
    }

    /** Adds what happens to the uploaded files. */
    public static OtaFailure withUnusedUploads(OtaFailure failure) {
        return failure.withDetails(failure.details().withMoreAdvice(UNUSED_UPLOADS));
    }

    private Either<OtaFailure, Upload> upload(Artifact file, TransferListener listener) {
        int maxRestarts =
                Math.min(MAX_RESTARTS, settings.connection().callOptions().retries());
        for (int restarts = 0; ; restarts++) {
            Either<OtaFailure, Upload> upload = start(file, listener);
            boolean isFinal = upload.isRight() || restarts >= maxRestarts || !isRestartable(upload.getLeft());
            if (isFinal) {
                return upload;
            }
            if (!pause(upload.getLeft(), restarts)) {
                return Either.left(CallFailures.cancelled(origin, Message.of("waited to upload a file again")));
            }
        }
    }

    /** Failures to get a form have been retried already. */
    private boolean isRestartable(OtaFailure failure) {
        Duration longest = settings.connection().callOptions().timeout();
        return failure.isRetryable()
                && failure.operation().equals(POST_OBJECT)
                && failure.retryAfter().forAll(wait -> wait.compareTo(longest) <= 0);
    }

    private static boolean pause(OtaFailure failure, int restarts) {
        long longest = FIRST_PAUSE_MILLIS << restarts;
        long millis = failure.retryAfter().map(Duration::toMillis).getOrElse(0L)
                + ThreadLocalRandom.current().nextLong(longest);
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            return true;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Either<OtaFailure, Upload> start(Artifact file, TransferListener listener) {
        return form(file).flatMap(form -> {
            // After the form, because its request may correct the clock.
            Instant started = client.clock().instant();
            // The store, or a proxy before it, may repeat what was sent.
            return client.redactor()
                    .hideDuring(
                            form.secrets(),
                            () -> address(form)
                                    .flatMap(address -> post(form, address, file, listener))
                                    .map(url -> new Upload(url, started)));
        });
    }

    private Either<OtaFailure, UploadForm> form(Artifact file) {
        return forms.apply(file)
                // An unreadable response may hold the form, which must not be shown.
                .mapLeft(failure -> failure instanceof OtaFailure.UnreadableResponse
                        ? failure.withDetails(failure.details()
                                .withVendorError(failure.vendorCode(), Option.none(), failure.requestId()))
                        : failure);
    }

    private Either<OtaFailure, HttpUrl> address(UploadForm form) {
        return settings.uploadEndpoint(form.host())
                .map(Endpoint::url)
                .mapLeft(problem -> new OtaFailure.Rejected(
                        FailureDetails.of(
                                origin,
                                Message.of(
                                        "The object store {0}, which backend {1} named for the upload, {2}",
                                        client.redactor().sanitize(form.host()).getOrElse(""),
                                        origin.backend(),
                                        problem),
                                Message.of(
                                        "If it belongs to the vendor, set upload-host-suffix; no file was uploaded")),
                        OtaFailure.Rejected.Subject.NETWORK));
    }

    private Either<OtaFailure, String> post(
            UploadForm form, HttpUrl address, Artifact file, TransferListener listener) {
        return transfers
                .upload(
                        origin,
                        FormPost.of(form, address, file, listener),
                        (head, body) -> head.status() == OK
                                ? Either.right(form.fileUrl())
                                : Either.left(failure(file, head, body)))
                .mapLeft(failure -> failure.status().isDefined() ? failure : withFile(file, failure));
    }

    private static OtaFailure withFile(Artifact file, OtaFailure failure) {
        return failure.withDetails(failure.details()
                .withSummary(Message.of(
                        "File {0} was not uploaded: {1}",
                        file.fileName(), failure.details().summary())));
    }

    private OtaFailure failure(Artifact file, HttpResponse head, InputStream body) throws IOException {
        HttpResponse response = head.withBody(body.readNBytes(MAX_ERROR_BYTES));
        if (isPolicyExpired(ObjectStoreError.of(response))) {
            return policyExpired(file, response);
        }
        return transfers.failure(origin, Message.of("the upload of file {0}", file.fileName()), response);
    }

    private static boolean isPolicyExpired(ObjectStoreError error) {
        return error.code().contains("AccessDenied")
                && error.message().map(text -> text.toLowerCase(Locale.ROOT)).exists(text -> {
                    int policy = text.indexOf("policy");
                    return policy >= 0 && text.indexOf("expired", policy) >= 0;
                });
    }

    /** Another attempt would take as long, so there is none. */
    private OtaFailure policyExpired(Artifact file, HttpResponse response) {
        ObjectStoreError error = ObjectStoreError.of(response);
        double megabits = Math.ceil(file.length() * 8 / (FORM_LIFETIME.toSeconds() * 100_000.0)) / 10;
        return new OtaFailure.Rejected(FailureDetails.of(
                        origin,
                        Message.of(
                                "The upload of file {0} ({1} bytes) to backend {2} took longer than the minute that the"
                                        + " vendor allows",
                                file.fileName(), file.length(), origin.backend()),
                        Message.of(
                                "Upload over a connection of at least {0} Mbit/s, or publish a smaller file",
                                String.format(Locale.ROOT, "%.1f", megabits)))
                .withStatus(response.status())
                .withVendorError(
                        error.code().flatMap(client.redactor()::sanitize),
                        error.message().flatMap(client.redactor()::sanitize),
                        error.requestId().flatMap(client.redactor()::sanitize)));
    }

    private OtaFailure tooSlow(int uploaded, int all) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "After {0} of {1} files, the first upload to backend {2} was older than {3} minutes, and the"
                                + " vendor accepts it for 60",
                        uploaded, all, origin.backend(), MAX_AGE.toMinutes()),
                Message.of("Publish over a faster connection, or fewer or smaller files; no package was created")));
    }
}
