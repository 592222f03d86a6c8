package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request to the RPC API. Signature version 1 sends all values as parameters; version 3 sends the common ones as
 * headers.
 *
 * @param parameters the parameters of the query and of a form, sorted by name
 */
record AliyunRequest(ReceivedRequest http, SortedMap<String, String> parameters) {

    private static final String ACS3_PREFIX = "ACS3-";

    static AliyunRequest of(ReceivedRequest http) {
        SortedMap<String, String> parameters = new TreeMap<>();
        http.query().forEach(parameter -> parameters.putIfAbsent(parameter.name(), parameter.value()));
        http.form().forEach(parameter -> parameters.putIfAbsent(parameter.name(), parameter.value()));
        return new AliyunRequest(http, Collections.unmodifiableSortedMap(parameters));
    }

    /**
     * Returns whether the request uses signature version 3. The header {@code x-acs-action} is not sufficient: some
     * SDKs of the vendor send it with version 1 too.
     */
    boolean isV3() {
        return http.header("authorization").exists(value -> value.startsWith(ACS3_PREFIX))
                || (http.header("x-acs-action").isDefined()
                        && parameter("SignatureMethod").isEmpty());
    }

    Option<String> action() {
        return isV3() ? http.header("x-acs-action") : parameter("Action");
    }

    Option<String> version() {
        return isV3() ? http.header("x-acs-version") : parameter("Version");
    }

    /**
     * Returns whether the response is JSON or XML. The default of version 1 is XML; version 3 also evaluates the
     * header {@code accept}.
     */
    boolean wantsJson() {
        Option<String> format = parameter("Format");
        if (format.isDefined() || !isV3()) {
            return format.exists("JSON"::equalsIgnoreCase);
        }
        return http.header("accept")
                .map(accept -> accept.toLowerCase(Locale.ROOT))
                .forAll(AliyunRequest::acceptsJson);
    }

    /** Returns a parameter that is present and not empty. */
    Option<String> parameter(String name) {
        return Option.of(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** Returns a parameter; "" if it is missing. */
    String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static boolean acceptsJson(String accept) {
        return accept.contains("json") || !accept.contains("xml");
    }
}
