package io.otabridge.http;

import java.util.Map;
import okhttp3.Request;

/**
 * Headers that belong to the call and not to the question, so that two who ask the same still ask once. They are added after
 * the signature, which does not cover them: whoever stands between may change them.
 *
 * @param byName what to add where the request has no header of that name
 */
record AddedHeaders(Map<String, String> byName) {

    /** The request that is to be sent with them. */
    static Request to(Request request, Map<String, String> headers) {
        return headers.isEmpty()
                ? request
                : request.newBuilder()
                        .tag(AddedHeaders.class, new AddedHeaders(headers))
                        .build();
    }

    /** The signed request with the headers that were to go along. */
    static Request onto(Request signed) {
        AddedHeaders added = signed.tag(AddedHeaders.class);
        if (added == null) {
            return signed;
        }
        Request.Builder more = signed.newBuilder();
        added.byName().forEach((name, value) -> {
            if (signed.header(name) == null) {
                more.header(name, value);
            }
        });
        return more.build();
    }
}
