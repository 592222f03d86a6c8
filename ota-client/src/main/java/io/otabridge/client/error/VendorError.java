package io.otabridge.client.error;

import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.vavr.control.Option;

/**
 * What the vendor itself says about a call: its error code, its words and its id of the request, each where it said so, and
 * each fit to be shown.
 */
public record VendorError(Option<String> code, Option<String> message, Option<String> requestId) {

    /** A report of texts as the vendor sent them; they are redacted and cut here. */
    public static VendorError of(
            Option<String> code, Option<String> message, Option<String> requestId, Redactor redactor) {
        return new VendorError(
                code.flatMap(redactor::shown), message.flatMap(redactor::shown), requestId.flatMap(redactor::shown));
    }

    /** A report on a body that nobody can parse: its beginning, or what a web page says, stands for the vendor's words. */
    public static VendorError ofUnreadable(HttpResponse answer, Option<String> requestId, Redactor redactor) {
        return HtmlErrorPage.in(answer)
                .map(page -> new VendorError(Option.none(), page.shown(redactor), requestId.flatMap(redactor::shown)))
                .getOrElse(() -> of(Option.none(), Option.some(answer.beginning()), requestId, redactor));
    }
}
