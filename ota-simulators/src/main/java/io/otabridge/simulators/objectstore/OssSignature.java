package io.otabridge.simulators.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Verifies signature version 1 of OSS, in the header and in the query, as described in "Include signatures in the
 * Authorization header" and "Add signatures to URLs".
 */
final class OssSignature {

    /** The parameters that belong to the signed resource, as far as the simulator knows them. */
    private static final Set<String> SIGNED_PARAMETERS = Set.of(
            "acl",
            "uploads",
            "uploadId",
            "partNumber",
            "location",
            "versionId",
            "objectMeta",
            "tagging",
            "symlink",
            "security-token",
            "x-oss-process",
            "x-oss-traffic-limit",
            "response-content-type",
            "response-content-language",
            "response-expires",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding");

    private OssSignature() {}

    /** Returns the signature of a text. */
    static String of(String stringToSign) {
        return of(stringToSign, OssSimulator.SECRET_KEY);
    }

    static String of(String stringToSign, String secretKey) {
        return Base64.getEncoder()
                .encodeToString(Digests.hmacSha1(secretKey.getBytes(UTF_8), stringToSign.getBytes(UTF_8)));
    }

    /** Returns why a request is not authentic; none if it is. */
    static Option<StoreError> check(ReceivedRequest call, String key, Clock clock) {
        Option<String> expires = call.parameter("Expires");
        Option<StoreError> error = expires.isDefined()
                ? checkExpiry(expires.get(), clock.instant())
                : SignedDate.check(call.header("x-oss-date").orElse(call.header("date")), clock.instant());
        if (error.isDefined()) {
            return error;
        }
        String accessKey = call.parameter("OSSAccessKeyId").getOrElse("");
        String signature = call.parameter("Signature").getOrElse("");
        if (expires.isEmpty()) {
            String[] sent = call.header("authorization").getOrElse("").split("[ :]", -1);
            if (sent.length != 3 || !sent[0].equals("OSS")) {
                return Option.some(StoreError.accessDenied("Anonymous access is forbidden for this operation."));
            }
            accessKey = sent[1];
            signature = sent[2];
        }
        if (!accessKey.equals(OssSimulator.ACCESS_KEY)) {
            return Option.some(StoreError.unknownAccessKey());
        }
        String stringToSign =
                stringToSign(call, key, expires.getOrElse(call.header("date").getOrElse("")));
        return Option.when(!Digests.same(of(stringToSign), signature), () -> StoreError.wrongSignature(stringToSign));
    }

    private static Option<StoreError> checkExpiry(String expires, Instant now) {
        if (!expires.matches("[0-9]{1,12}")) {
            return Option.some(StoreError.accessDenied("Invalid date (should be seconds since epoch)."));
        }
        return Option.when(now.getEpochSecond() > Long.parseLong(expires), OssService::linkExpired);
    }

    private static String stringToSign(ReceivedRequest call, String key, String date) {
        String headers = call.headers().entrySet().stream()
                .filter(header -> header.getKey().startsWith("x-oss-"))
                .map(header -> header.getKey() + ":" + header.getValue().trim() + "\n")
                .collect(Collectors.joining());
        List<String> parameters = call.query().stream()
                .filter(parameter -> SIGNED_PARAMETERS.contains(parameter.name()))
                .sorted(Comparator.comparing(ReceivedRequest.Parameter::name))
                .map(parameter ->
                        parameter.value().isEmpty() ? parameter.name() : parameter.name() + "=" + parameter.value())
                .toList();
        return call.method() + "\n" + call.header("content-md5").getOrElse("") + "\n"
                + call.header("content-type").getOrElse("") + "\n" + date + "\n" + headers + "/" + OssSimulator.BUCKET
                + "/" + key + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }
}
