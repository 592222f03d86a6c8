package io.otabridge.simulators.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import io.vavr.control.Option;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A received request. Path and query are percent-encoded, and header names are in lower case. Only the first value of
 * a repeated header is available.
 */
public final class ReceivedRequest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final String method;
    private final String rawPath;
    private final List<Parameter> query;
    private final List<Parameter> form;
    private final SortedMap<String, String> headers;
    private final String body;
    private final String bodySha256;

    /**
     * Creates a request.
     *
     * @param rawQuery the encoded query; empty if there is none
     * @param body the body; empty if there is none
     *
     * @throws IllegalArgumentException if the query or a form in the body is not properly encoded
     */
    public ReceivedRequest(String method, String rawPath, String rawQuery, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.rawPath = rawPath;
        this.query = parameters(rawQuery);
        SortedMap<String, String> lowerCase = new TreeMap<>();
        headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(ROOT), value));
        this.headers = Collections.unmodifiableSortedMap(lowerCase);
        boolean isForm =
                header("content-type").exists(type -> type.toLowerCase(ROOT).startsWith(FORM));
        this.body = new String(body, UTF_8);
        this.form = isForm ? parameters(this.body) : List.of();
        this.bodySha256 = Digests.sha256Hex(body);
    }

    /** Returns the method, as sent. */
    public String method() {
        return method;
    }

    /** Returns the encoded path. */
    public String rawPath() {
        return rawPath;
    }

    /** Returns all headers, sorted by lower-case name. */
    public SortedMap<String, String> headers() {
        return headers;
    }

    /** Returns the value of a header by its lower-case name. */
    public Option<String> header(String lowerCaseName) {
        return Option.of(headers.get(lowerCaseName));
    }

    /** Returns the decoded query parameters, in the order sent. */
    public List<Parameter> query() {
        return query;
    }

    /** Returns the first value of a query parameter. */
    public Option<String> parameter(String name) {
        return Option.ofOptional(query.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst());
    }

    /** Returns the decoded form parameters of the body; empty if the body is not a form. */
    public List<Parameter> form() {
        return form;
    }

    /** Returns the body, decoded as UTF-8. */
    public String body() {
        return body;
    }

    /** Returns the SHA-256 of the body, as lower-case hexadecimal digits. */
    public String bodySha256() {
        return bodySha256;
    }

    private static List<Parameter> parameters(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(Parameter::decode)
                .toList();
    }

    /** A decoded parameter of a query or form. */
    public record Parameter(String name, String value) {

        private static Parameter decode(String pair) {
            int equals = pair.indexOf('=');
            return equals < 0
                    ? new Parameter(PercentEncoding.decodeParameter(pair), "")
                    : new Parameter(
                            PercentEncoding.decodeParameter(pair.substring(0, equals)),
                            PercentEncoding.decodeParameter(pair.substring(equals + 1)));
        }
    }
}
