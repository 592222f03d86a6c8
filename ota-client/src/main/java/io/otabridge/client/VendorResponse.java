package io.otabridge.client;

import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.util.function.Supplier;

/** A response to decode. Used by one thread. */
public final class VendorResponse {

    private final BackendClient client;
    private final OperationContext origin;
    private final Supplier<Message> subject;
    private final Supplier<Message> target;
    private final HttpResponse http;

    /**
     * A response.
     *
     * @param subject what was requested, such as {@code the deletion of firmware f1}
     * @param target what must exist for the request, such as {@code firmware f1}
     */
    VendorResponse(
            BackendClient client,
            OperationContext origin,
            Supplier<Message> subject,
            Supplier<Message> target,
            HttpResponse http) {
        this.client = client;
        this.origin = origin;
        this.subject = subject;
        this.target = target;
        this.http = http;
    }

    /** Hides the secrets of the backend in texts. */
    public Redactor redactor() {
        return client.redactor();
    }

    /** Status, headers and body. */
    public HttpResponse http() {
        return http;
    }

    /**
     * Maps the vendor error to a failure. {@link OtaFailure.NotFound} names the target, other failures name the
     * subject.
     */
    public OtaFailure failure(ErrorRule rule, VendorError error) {
        OtaFailure failure = client.toFailure(rule, origin, subject.get(), http, error);
        return failure instanceof OtaFailure.NotFound
                ? client.toFailure(rule, origin, target.get(), http, error)
                : failure;
    }

    /**
     * The failure of a successful response that cannot be read.
     *
     * @param reason what is missing or invalid in it
     */
    public OtaFailure unreadable(String reason, Option<String> requestId) {
        return client.unreadable(origin, subject.get(), reason, http, requestId);
    }
}
