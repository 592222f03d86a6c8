package io.otabridge.aliyun;

import io.otabridge.http.AccessKey;
import io.otabridge.http.HmacKey;
import io.otabridge.http.ReadyKey;
import io.otabridge.http.Signing;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The signature {@code ACS3-HMAC-SHA256} of the document "V3 request structure and signature". */
final class Acs3Signature implements AliyunSigning.Scheme {

    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String PAYLOAD_HASH = "x-acs-content-sha256";
    private static final String NO_BODY = Signing.sha256Hex(new byte[0]);

    private final ReadyKey ready =
            new ReadyKey((key, scope) -> HmacKey.sha256(key.secret().reveal()));

    @Override
    public String words() {
        return ALGORITHM;
    }

    @Override
    public Request sign(Request request, AccessKey key, Instant at, String nonce) throws IOException {
        Map<String, String> proof = new TreeMap<>();
        proof.put("x-acs-version", AliyunSigning.API_VERSION);
        proof.put("x-acs-date", at.toString());
        proof.put("x-acs-signature-nonce", nonce);
        proof.put(PAYLOAD_HASH, payloadHash(request));
        if (key.securityToken().isDefined()) {
            proof.put("x-acs-accesskey-id", key.id());
            proof.put("x-acs-security-token", key.securityToken().get().reveal());
        }
        Request.Builder signed = request.newBuilder();
        proof.forEach(signed::header);
        Map<String, String> headers = signedHeaders(request);
        headers.putAll(proof);
        return signed.header("Authorization", authorization(request, headers, key))
                .build();
    }

    /** The header over a request that carries its date, nonce and body hash already. */
    String authorization(Request request, AccessKey key) {
        return authorization(request, signedHeaders(request), key);
    }

    private String authorization(Request request, Map<String, String> headers, AccessKey key) {
        String names = String.join(";", headers.keySet());
        StringBuilder canonical = new StringBuilder(512)
                .append(request.method())
                .append("\n/\n")
                .append(Signing.canonicalQuery(request.url()))
                .append('\n');
        headers.forEach((name, value) ->
                canonical.append(name).append(':').append(value.trim()).append('\n'));
        canonical.append('\n').append(names).append('\n').append(headers.get(PAYLOAD_HASH));
        String signature =
                Signing.hex(ready.of(key, "").sign(ALGORITHM + "\n" + Signing.sha256Hex(canonical.toString())));
        return ALGORITHM + " Credential=" + key.id() + ",SignedHeaders=" + names + ",Signature=" + signature;
    }

    /** Host, content type and every header of the platform's own; whatever else is on the request stays unsigned. */
    private static Map<String, String> signedHeaders(Request request) {
        Map<String, String> signed = new TreeMap<>();
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i).toLowerCase(Locale.ROOT);
            if (name.startsWith("x-acs-") || name.equals("host") || name.equals("content-type")) {
                signed.put(name, headers.value(i));
            }
        }
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
