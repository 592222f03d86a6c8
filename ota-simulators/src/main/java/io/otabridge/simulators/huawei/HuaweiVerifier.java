package io.otabridge.simulators.huawei;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.PercentEncoding;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies the signature in an {@code Authorization} header, as described in "API Signing Guide, Constructing a
 * Standard Request".
 *
 * @param scope {@code yyyyMMdd/region/service} of a derived signature, "" of a plain one
 */
record HuaweiVerifier(String algorithm, String accessKey, String scope, List<String> signedHeaders, String signature) {

    static final String PLAIN = "SDK-HMAC-SHA256";
    static final String DERIVED = "V11-HMAC-SHA256";

    private static final String TAIL = ", ?SignedHeaders=([^,\\s]+), ?Signature=([0-9a-f]{64})";
    private static final Pattern PLAIN_HEADER = Pattern.compile(PLAIN + " Access=([^,\\s]+)" + TAIL);
    private static final Pattern DERIVED_HEADER =
            Pattern.compile(DERIVED + " Credential=([^,\\s/]+)/([^,\\s/]+/[^,\\s/]+/[^,\\s/]+)" + TAIL);

    static Option<HuaweiVerifier> parse(String authorization) {
        Matcher plain = PLAIN_HEADER.matcher(authorization);
        if (plain.matches()) {
            return Option.some(new HuaweiVerifier(
                    PLAIN, plain.group(1), "", List.of(plain.group(2).split(";")), plain.group(3)));
        }
        Matcher derived = DERIVED_HEADER.matcher(authorization);
        return Option.when(
                derived.matches(),
                () -> new HuaweiVerifier(
                        DERIVED,
                        derived.group(1),
                        derived.group(2),
                        List.of(derived.group(3).split(";")),
                        derived.group(4)));
    }

    boolean isPlain() {
        return algorithm.equals(PLAIN);
    }

    /** Returns whether the signature was made with this secret. All signed headers must be present. */
    boolean matches(String secretKey, ReceivedRequest call) {
        String date = call.header("x-sdk-date").get();
        String hash = Digests.sha256Hex(canonicalRequest(call));
        String text = isPlain() ? join(algorithm, date, hash) : join(algorithm, date, scope, hash);
        byte[] key = isPlain() ? secretKey.getBytes(UTF_8) : derivedKey(secretKey);
        return Digests.same(signature, Digests.hex(Digests.hmacSha256(key, text.getBytes(UTF_8))));
    }

    /**
     * Returns one block of HKDF-SHA256 with the access key as salt. The key is its hexadecimal text, not its bytes.
     */
    private byte[] derivedKey(String secretKey) {
        byte[] extracted = Digests.hmacSha256(accessKey.getBytes(UTF_8), secretKey.getBytes(UTF_8));
        byte[] expanded = Digests.hmacSha256(extracted, (scope + "\u0001").getBytes(UTF_8));
        return Digests.hex(expanded).getBytes(UTF_8);
    }

    private String canonicalRequest(ReceivedRequest call) {
        List<String> names = signedHeaders.stream().sorted().toList();
        String headers = names.stream()
                .map(name -> name + ":" + call.header(name).get() + "\n")
                .collect(joining());
        return join(
                call.method(),
                canonicalUri(call.rawPath()),
                canonicalQuery(call.query()),
                headers,
                String.join(";", names),
                call.header("x-sdk-content-sha256").getOrElse(call::bodySha256));
    }

    /** Returns the canonical path, which always ends with a slash. */
    private static String canonicalUri(String rawPath) {
        String encoded = Arrays.stream(rawPath.split("/"))
                .map(segment -> PercentEncoding.encode(PercentEncoding.decodeSegment(segment)))
                .collect(joining("/"));
        return encoded + "/";
    }

    /** Returns the query sorted by encoded name. Values of a repeated name keep their order. */
    private static String canonicalQuery(List<ReceivedRequest.Parameter> query) {
        return query.stream()
                .map(p -> new ReceivedRequest.Parameter(
                        PercentEncoding.encode(p.name()), PercentEncoding.encode(p.value())))
                .sorted(Comparator.comparing(ReceivedRequest.Parameter::name))
                .map(p -> p.name() + "=" + p.value())
                .collect(joining("&"));
    }

    private static String join(String... lines) {
        return String.join("\n", lines);
    }
}
