package io.otabridge.http;

import io.vavr.control.Option;

/**
 * What the vendor itself says about a call: its error code, its words and its id of the request, each where it said so.
 *
 * @param code as sent
 * @param message redacted, on one line and cut if long
 * @param requestId as sent
 */
public record VendorReport(Option<String> code, Option<String> message, Option<String> requestId) {

    private static final int LONGEST = 500;

    /** What is looked at before redaction, so that a secret cut in two never ends up in what is shown. */
    private static final int READ = 8_000;

    /** A report whose message is made fit to be shown. */
    public static VendorReport of(
            Option<String> code, Option<String> message, Option<String> requestId, Redactor redactor) {
        return new VendorReport(
                present(code).map(text -> shown(redactor.redact(text))),
                present(message.map(text -> shown(redactor.redact(text.substring(0, Math.min(text.length(), READ)))))),
                present(requestId).map(text -> shown(redactor.redact(text))));
    }

    /** A report of which only the request id is known. */
    public static VendorReport ofRequest(Option<String> requestId) {
        return new VendorReport(Option.none(), Option.none(), present(requestId));
    }

    private static Option<String> present(Option<String> text) {
        return text.map(String::strip).filter(value -> !value.isEmpty());
    }

    private static String shown(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
