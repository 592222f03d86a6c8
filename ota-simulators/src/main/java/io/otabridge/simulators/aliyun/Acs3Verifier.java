package io.otabridge.simulators.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.PercentEncoding;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Verifies signatures of version 3, ACS3-HMAC-SHA256, as described in "V3 request structure and signature". */
final class Acs3Verifier implements AliyunVerifier {

    private static final String ALGORITHM = "ACS3-HMAC-SHA256";

    private final ReceivedRequest call;
    private final Map<String, String> fields;
    private final List<String> signedHeaders;

    Acs3Verifier(AliyunRequest call) {
        this.call = call.http();
        this.fields = fields(this.call.header("authorization").getOrElse(""));
        this.signedHeaders = Stream.of(fields.getOrDefault("SignedHeaders", "").split(";"))
                .sorted()
                .toList();
    }

    /** Parses the fields after the algorithm, which may be in any order. */
    private static Map<String, String> fields(String authorization) {
        String prefix = ALGORITHM + " ";
        return authorization.startsWith(prefix)
                ? Stream.of(authorization.substring(prefix.length()).split(","))
                        .map(field -> field.strip().split("=", 2))
                        .filter(field -> field.length == 2)
                        .collect(Collectors.toMap(field -> field[0], field -> field[1], (first, second) -> first))
                : Map.of();
    }

    @Override
    public Option<AliyunError> checkComplete() {
        return missing("x-acs-action", "Action")
                .orElse(() -> missing("x-acs-version", "Version"))
                .orElse(() -> missing("authorization", "Authorization"))
                .orElse(() -> missing("x-acs-date", "Timestamp"))
                .orElse(() -> missing("x-acs-signature-nonce", "SignatureNonce"))
                .orElse(() -> missing("x-acs-content-sha256", "ContentSha256"))
                .orElse(() -> Option.when(!hasExpectedAlgorithm(), AliyunError::wrongSignatureMethod))
                .orElse(() -> Option.when(!isComplete(), AliyunError::incompleteSignature));
    }

    private Option<AliyunError> missing(String header, String parameter) {
        return Option.when(call.header(header).isEmpty(), () -> AliyunError.missing(parameter));
    }

    private boolean hasExpectedAlgorithm() {
        return call.header("authorization").exists(value -> value.startsWith(ALGORITHM + " "));
    }

    /**
     * Returns whether all three fields are present, every signed header is sent, and every header {@code x-acs-*} is
     * signed. The host need not be signed: one of the vendor's SDKs omits it.
     */
    private boolean isComplete() {
        return fields.containsKey("Credential")
                && fields.containsKey("Signature")
                && call.headers().keySet().containsAll(signedHeaders)
                && call.headers().keySet().stream()
                        .filter(name -> name.startsWith("x-acs-"))
                        .allMatch(signedHeaders::contains);
    }

    @Override
    public String accessKeyId() {
        return fields.getOrDefault("Credential", "");
    }

    @Override
    public Option<String> securityToken() {
        return call.header("x-acs-security-token");
    }

    @Override
    public String time() {
        return call.header("x-acs-date").get();
    }

    @Override
    public String nonce() {
        return call.header("x-acs-signature-nonce").get();
    }

    /**
     * Also compares the header with the hash of the body. Otherwise the body of a signed request could be replaced.
     */
    @Override
    public boolean matches(String secret) {
        byte[] mac = Digests.hmacSha256(secret.getBytes(UTF_8), stringToSign().getBytes(UTF_8));
        return call.header("x-acs-content-sha256").contains(call.bodySha256())
                && Digests.same(fields.getOrDefault("Signature", ""), Digests.hex(mac));
    }

    @Override
    public String stringToSign() {
        return ALGORITHM + "\n" + Digests.sha256Hex(canonicalRequest());
    }

    private String canonicalRequest() {
        String headers = signedHeaders.stream()
                .map(name -> name + ":" + call.header(name).get().strip() + "\n")
                .collect(joining());
        return String.join(
                "\n",
                call.method(),
                call.rawPath(),
                canonicalQuery(),
                headers,
                String.join(";", signedHeaders),
                call.bodySha256());
    }

    private String canonicalQuery() {
        return call.query().stream()
                .sorted(Comparator.comparing(ReceivedRequest.Parameter::name))
                .map(parameter ->
                        PercentEncoding.encode(parameter.name()) + "=" + PercentEncoding.encode(parameter.value()))
                .collect(joining("&"));
    }
}
