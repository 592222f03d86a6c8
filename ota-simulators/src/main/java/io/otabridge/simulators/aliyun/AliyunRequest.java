package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request as an RPC call. The two signature versions put the same things into different places: V1 all into
 * parameters, V3 the common ones into headers.
 *
 * @param parameters of the query and of a form, sorted by name
 */
record AliyunRequest(ReceivedRequest http, SortedMap<String, String> parameters) {

    private static final String ACS3_PREFIX = "ACS3-";

    static AliyunRequest of(ReceivedRequest http) {
        SortedMap<String, String> parameters = new TreeMap<>();
        http.query().forEach(parameter -> parameters.putIfAbsent(parameter.name(), parameter.value()));
        http.form().forEach(parameter -> parameters.putIfAbsent(parameter.name(), parameter.value()));
        return new AliyunRequest(http, Collections.unmodifiableSortedMap(parameters));
    }

    /** Headers that look like V3 prove nothing: some of the vendor's SDKs send them with V1 too. */
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

    /** V1 answers XML unless asked for JSON; V3 looks at the header {@code accept} as well. */
    boolean wantsJson() {
        Option<String> format = parameter("Format");
        if (format.isDefined() || !isV3()) {
            return format.exists("JSON"::equalsIgnoreCase);
        }
        return http.header("accept")
                .map(accept -> accept.toLowerCase(Locale.ROOT))
                .forAll(AliyunRequest::takesJson);
    }

    /** A parameter that is there and not empty. */
    Option<String> parameter(String name) {
        return Option.of(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    private static boolean takesJson(String accept) {
        return accept.contains("json") || !accept.contains("xml");
    }
}
