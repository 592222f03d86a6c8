package io.otabridge.client.error;

import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.vavr.control.Option;

/** The error that a vendor reports: code, message and request id, each optional and redacted. */
public record VendorError(Option<String> code, Option<String> message, Option<String> requestId) {

    /** An error of texts as the vendor sent them. They are redacted and truncated here. */
    public static VendorError of(
            Option<String> code, Option<String> message, Option<String> requestId, Redactor redactor) {
        return new VendorError(
                code.flatMap(redactor::sanitize),
                message.flatMap(redactor::sanitize),
                requestId.flatMap(redactor::sanitize));
    }

    /**
     * The error of a body that cannot be parsed. Its message is the text of a web page, or the beginning of the body.
     */
    public static VendorError ofUnreadable(HttpResponse response, Option<String> requestId, Redactor redactor) {
        return HtmlErrorPage.in(response)
                .map(page ->
                        new VendorError(Option.none(), page.shown(redactor), requestId.flatMap(redactor::sanitize)))
                .getOrElse(() -> of(Option.none(), Option.some(response.beginning()), requestId, redactor));
    }
}
