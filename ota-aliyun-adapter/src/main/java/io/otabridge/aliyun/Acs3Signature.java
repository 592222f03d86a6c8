package io.otabridge.aliyun;

import io.otabridge.http.AccessKey;
import io.otabridge.http.Signing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The signature {@code ACS3-HMAC-SHA256} of the document "V3 request structure and signature". */
final class Acs3Signature implements AliyunSigning.Scheme {

    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String NO_BODY = Signing.sha256Hex(new byte[0]);

    @Override
    public String words() {
        return ALGORITHM;
    }

    @Override
    public Request sign(Request request, AccessKey key, Instant at, String nonce) throws IOException {
        Request.Builder dated = request.newBuilder()
                .header("x-acs-version", AliyunSigning.API_VERSION)
                .header("x-acs-date", at.toString())
                .header("x-acs-signature-nonce", nonce)
                .header("x-acs-content-sha256", payloadHash(request));
        key.securityToken()
                .forEach(token ->
                        dated.header("x-acs-accesskey-id", key.id()).header("x-acs-security-token", token.reveal()));
        Request complete = dated.build();
        return complete.newBuilder()
                .header("Authorization", authorization(complete, key))
                .build();
    }

    /** The header over a request that carries its date, nonce and body hash already. */
    String authorization(Request request, AccessKey key) {
        Map<String, String> headers = signedHeaders(request);
        String names = String.join(";", headers.keySet());
        StringBuilder canonical = new StringBuilder(512)
                .append(request.method())
                .append("\n/\n")
                .append(Signing.canonicalQuery(request.url()))
                .append('\n');
        headers.forEach((name, value) ->
                canonical.append(name).append(':').append(value.trim()).append('\n'));
        canonical.append('\n').append(names).append('\n').append(request.header("x-acs-content-sha256"));
        byte[] secret = key.secret().reveal().getBytes(StandardCharsets.UTF_8);
        String signature =
                Signing.hex(Signing.hmacSha256(secret, ALGORITHM + "\n" + Signing.sha256Hex(canonical.toString())));
        return ALGORITHM + " Credential=" + key.id() + ",SignedHeaders=" + names + ",Signature=" + signature;
    }

    /** Host, content type and every header of the platform's own; whatever else is on the request stays unsigned. */
    private static Map<String, String> signedHeaders(Request request) {
        Map<String, String> signed = new TreeMap<>();
        request.headers().forEach(header -> {
            String name = header.getFirst().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-acs-") || name.equals("host") || name.equals("content-type")) {
                signed.put(name, header.getSecond());
            }
        });
        signed.putIfAbsent("host", Signing.hostHeader(request.url()));
        return signed;
    }

    private static String payloadHash(Request request) throws IOException {
        @Nullable RequestBody body = request.body();
        if (body == null || body.contentLength() == 0) {
            return NO_BODY;
        }
        Buffer bytes = new Buffer();
        body.writeTo(bytes);
        return bytes.sha256().hex();
    }
}
