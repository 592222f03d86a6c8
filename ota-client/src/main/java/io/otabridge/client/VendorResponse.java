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

/** A response that is to be read. For one thread. */
public final class VendorResponse {

    private final BackendClient calls;
    private final OperationContext origin;
    private final Supplier<Message> subject;
    private final Supplier<Message> target;
    private final HttpResponse http;

    /**
     * A response.
     *
     * @param subject what was requested, such as {@code the deletion of firmware f1}
     * @param target what must exist for it, such as {@code firmware f1}
     */
    VendorResponse(
            BackendClient calls,
            OperationContext origin,
            Supplier<Message> subject,
            Supplier<Message> target,
            HttpResponse http) {
        this.calls = calls;
        this.origin = origin;
        this.subject = subject;
        this.target = target;
        this.http = http;
    }

    /** What hides the backend's secrets. */
    public Redactor redactor() {
        return calls.redactor();
    }

    /** Status, headers and body. */
    public HttpResponse http() {
        return http;
    }

    /** The failure that the vendor reports. */
    public OtaFailure failure(ErrorRule verdict, VendorError report) {
        OtaFailure failure = calls.judged(verdict, origin, subject.get(), http, report);
        return failure instanceof OtaFailure.NotFound
                ? calls.judged(verdict, origin, target.get(), http, report)
                : failure;
    }

    /**
     * The failure of a response that was meant to be a success but cannot be read.
     *
     * @param reason what it lacks or holds wrongly
     */
    public OtaFailure unreadable(String reason, Option<String> requestId) {
        return calls.unreadable(origin, subject.get(), reason, http, requestId);
    }
}
