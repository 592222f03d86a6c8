package io.otabridge.simulators.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.PercentEncoding;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Verifies signatures of OBS in the header and in the query, as described in "User Signature Authentication", in the
 * form of OBS ({@code OBS}, {@code x-obs-}) and in the compatible form ({@code AWS}, {@code x-amz-}).
 */
final class ObsAuthenticator {

    private static final Set<String> SIGNED_PARAMETERS = Set.of(
            "acl",
            "policy",
            "uploads",
            "uploadid",
            "partnumber",
            "versions",
            "versioning",
            "versionid",
            "location",
            "storageinfo",
            "quota",
            "storageclass",
            "storagepolicy",
            "lifecycle",
            "tagging",
            "encryption",
            "delete",
            "metadata",
            "restore",
            "cors",
            "logging",
            "website",
            "notification",
            "replication",
            "append",
            "position",
            "rename",
            "name",
            "response-content-type",
            "response-content-language",
            "response-expires",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding");

    private final ObsCredentials credentials;
    private final Clock clock;
    private volatile boolean requiresToken;

    ObsAuthenticator(ObsCredentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    void requireSecurityToken(boolean required) {
        requiresToken = required;
    }

    /** Returns the prefix of the vendor's headers in a request, which responses use too. */
    static String headerPrefix(ReceivedRequest call) {
        boolean isAmazon = call.header("authorization").exists(text -> text.startsWith("AWS "))
                || call.parameter("AWSAccessKeyId").isDefined();
        return isAmazon ? "x-amz-" : "x-obs-";
    }

    /** Returns why a request is not authentic; none if it is. */
    Option<StoreError> check(ReceivedRequest call, ObsAddress address) {
        String prefix = headerPrefix(call);
        Option<String> expires = call.parameter("Expires");
        Option<String> signedDate = call.header(prefix + "date");
        Option<StoreError> error = expires.isDefined()
                ? checkExpiry(expires.get())
                : SignedDate.check(signedDate.orElse(call.header("date")), clock.instant());
        if (error.isDefined()) {
            return error;
        }
        String accessKey = call.parameter("AccessKeyId")
                .orElse(call.parameter("AWSAccessKeyId"))
                .getOrElse("");
        String signature = call.parameter("Signature").getOrElse("");
        if (expires.isEmpty()) {
            String[] sent = call.header("authorization").getOrElse("").split("[ :]", -1);
            if (sent.length != 3 || !(sent[0].equals("OBS") || sent[0].equals("AWS"))) {
                return Option.some(StoreError.accessDenied("Access denied. The request is not signed."));
            }
            accessKey = sent[1];
            signature = sent[2];
        }
        if (!accessKey.equals(credentials.accessKey())) {
            return Option.some(StoreError.unknownAccessKey());
        }
        String date = expires.getOrElse(
                () -> signedDate.isDefined() ? "" : call.header("date").getOrElse(""));
        String stringToSign = stringToSign(call, address, prefix, date);
        String expected = sign(stringToSign);
        return Option.when(!Digests.same(expected, signature), () -> StoreError.wrongSignature(stringToSign))
                .orElse(() -> checkToken(call, prefix));
    }

    private String sign(String stringToSign) {
        return Base64.getEncoder()
                .encodeToString(
                        Digests.hmacSha1(credentials.secretKey().getBytes(UTF_8), stringToSign.getBytes(UTF_8)));
    }

    /** Returns a signed query for a download of this path. */
    String signedQuery(String rawPath, Duration lifetime) {
        String expires = String.valueOf(clock.instant().plus(lifetime).getEpochSecond());
        String token =
                requiresToken ? "&x-obs-security-token=" + PercentEncoding.encode(credentials.securityToken()) : "";
        String query = "AccessKeyId=" + credentials.accessKey() + "&Expires=" + expires + token;
        ReceivedRequest call = new ReceivedRequest("GET", rawPath, query, Map.of(), new byte[0]);
        String stringToSign = stringToSign(call, ObsAddress.of(call), "x-obs-", expires);
        return query + "&Signature=" + PercentEncoding.encode(sign(stringToSign));
    }

    private Option<StoreError> checkExpiry(String expires) {
        if (!expires.matches("[0-9]{1,12}")) {
            return Option.some(StoreError.accessDenied("Invalid date (should be seconds since epoch)."));
        }
        return Option.when(
                clock.instant().getEpochSecond() > Long.parseLong(expires),
                () -> StoreError.accessDenied("Request has expired"));
    }

    private Option<StoreError> checkToken(ReceivedRequest call, String prefix) {
        Option<String> token = call.header(prefix + "security-token").orElse(call.parameter(prefix + "security-token"));
        boolean isValid = requiresToken ? token.contains(credentials.securityToken()) : token.isEmpty();
        return Option.when(
                !isValid,
                () -> new StoreError(403, "InvalidSecurity", "The provided security credentials are not valid."));
    }

    static String stringToSign(ReceivedRequest call, ObsAddress address, String prefix, String date) {
        String headers = call.headers().entrySet().stream()
                .filter(header -> header.getKey().startsWith(prefix))
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        List<String> parameters = call.query().stream()
                .filter(parameter -> isSigned(parameter.name().toLowerCase(ROOT), prefix))
                .sorted(Comparator.comparing(ReceivedRequest.Parameter::name))
                .map(parameter ->
                        parameter.value().isEmpty() ? parameter.name() : parameter.name() + "=" + parameter.value())
                .toList();
        return call.method() + "\n" + call.header("content-md5").getOrElse("") + "\n"
                + call.header("content-type").getOrElse("") + "\n" + date + "\n" + headers + address.resource()
                + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }

    private static boolean isSigned(String parameter, String prefix) {
        return SIGNED_PARAMETERS.contains(parameter) || parameter.startsWith(prefix);
    }
}
