package io.otabridge.simulators.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.PercentEncoding;
import io.vavr.control.Option;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Verifies signatures of version 1.0, HMAC-SHA1 over all parameters, as described in "Signature method". */
final class RpcVerifier implements AliyunVerifier {

    private static final String SIGNATURE_VERSION = "SignatureVersion";
    private static final List<String> MANDATORY =
            List.of("Action", "AccessKeyId", "SignatureMethod", "SignatureNonce", "Timestamp", "Signature");

    private final AliyunRequest call;
    private final List<String> alsoMandatory;

    /**
     * Creates a verifier.
     *
     * @param alsoMandatory further parameters that this dialect requires
     */
    RpcVerifier(AliyunRequest call, List<String> alsoMandatory) {
        this.call = call;
        this.alsoMandatory = alsoMandatory;
    }

    @Override
    public Option<AliyunError> checkComplete() {
        return Option.ofOptional(Stream.concat(MANDATORY.stream(), alsoMandatory.stream())
                        .filter(name -> call.parameter(name).isEmpty())
                        .map(AliyunError::missing)
                        .findFirst())
                .orElse(() -> Option.when(!isHmacSha1(), AliyunError::wrongSignatureMethod));
    }

    private boolean isHmacSha1() {
        return call.parameter("SignatureMethod").contains("HMAC-SHA1")
                && call.parameter(SIGNATURE_VERSION).forAll("1.0"::equals);
    }

    @Override
    public String accessKeyId() {
        return call.parameter("AccessKeyId").get();
    }

    @Override
    public Option<String> securityToken() {
        return call.parameter("SecurityToken");
    }

    @Override
    public String time() {
        return call.parameter("Timestamp").get();
    }

    @Override
    public String nonce() {
        return call.parameter("SignatureNonce").get();
    }

    /**
     * Accepts signatures with and without empty parameters. The SDKs of the vendor differ in this, and the service
     * accepts both.
     */
    @Override
    public boolean matches(String secret) {
        String signature = call.parameter("Signature").get();
        return Digests.same(signature, sign(secret, stringToSign()))
                || Digests.same(
                        signature,
                        sign(
                                secret,
                                stringToSign(parameter -> !parameter.getValue().isEmpty())));
    }

    @Override
    public String stringToSign() {
        return stringToSign(parameter -> true);
    }

    private String stringToSign(Predicate<Map.Entry<String, String>> isSigned) {
        String canonicalQuery = call.parameters().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("Signature"))
                .filter(isSigned)
                .map(parameter ->
                        PercentEncoding.encode(parameter.getKey()) + "=" + PercentEncoding.encode(parameter.getValue()))
                .collect(joining("&"));
        return call.http().method() + "&%2F&" + PercentEncoding.encode(canonicalQuery);
    }

    private static String sign(String secret, String text) {
        byte[] mac = Digests.hmacSha1((secret + "&").getBytes(UTF_8), text.getBytes(UTF_8));
        return Base64.getEncoder().encodeToString(mac);
    }
}
