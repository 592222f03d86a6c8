package io.otabridge.aliyun.signing;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.auth.Canonicalization;
import io.otabridge.client.auth.HmacKey;
import io.otabridge.client.auth.SigningKeyCache;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The signature {@code ACS3-HMAC-SHA256} of the document "V3 request structure and signature". */
public final class Acs3Signer implements AliyunRequestSigner.Scheme {

    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String PAYLOAD_HASH = "x-acs-content-sha256";
    private static final String EMPTY_BODY_HASH = Canonicalization.sha256Hex(new byte[0]);

    private final SigningKeyCache signingKeys =
            new SigningKeyCache((key, scope) -> HmacKey.sha256(key.secret().reveal()));

    @Override
    public String algorithm() {
        return ALGORITHM;
    }

    @Override
    public Request sign(Request request, AccessKey key, Instant at, String nonce) throws IOException {
        Request.Builder signed = request.newBuilder();
        Map<String, String> headers = signedHeaders(request);
        BiConsumer<String, String> add = (name, value) -> {
            signed.header(name, value);
            headers.put(name, value);
        };
        add.accept("x-acs-version", AliyunRequestSigner.API_VERSION);
        add.accept("x-acs-date", AliyunRequestSigner.DATE.format(at));
        add.accept("x-acs-signature-nonce", nonce);
        add.accept(PAYLOAD_HASH, payloadHash(request));
        if (key.securityToken().isDefined()) {
            add.accept("x-acs-accesskey-id", key.id());
            add.accept("x-acs-security-token", key.securityToken().get().reveal());
        }
        return signed.header("Authorization", authorization(request, headers, key))
                .build();
    }

    /** Returns the {@code Authorization} header of a request that already has its date, nonce and body hash. */
    String authorization(Request request, AccessKey key) {
        return authorization(request, signedHeaders(request), key);
    }

    private String authorization(Request request, Map<String, String> headers, AccessKey key) {
        String names = String.join(";", headers.keySet());
        Buffer canonical = new Buffer()
                .writeUtf8(request.method())
                .writeUtf8("\n/\n")
                .writeUtf8(Canonicalization.canonicalQuery(request.url()))
                .writeUtf8("\n");
        headers.forEach((name, value) ->
                canonical.writeUtf8(name).writeUtf8(":").writeUtf8(value.trim()).writeUtf8("\n"));
        canonical.writeUtf8("\n").writeUtf8(names).writeUtf8("\n").writeUtf8(String.valueOf(headers.get(PAYLOAD_HASH)));
        String signature = Canonicalization.hex(
                signingKeys.of(key, "").sign(ALGORITHM + "\n" + Canonicalization.sha256Hex(canonical)));
        return ALGORITHM + " Credential=" + key.id() + ",SignedHeaders=" + names + ",Signature=" + signature;
    }

    /** Host, content type and all headers of the platform are signed. Other headers are not. */
    private static Map<String, String> signedHeaders(Request request) {
        Map<String, String> signed = new TreeMap<>();
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (name.regionMatches(true, 0, "x-acs-", 0, "x-acs-".length())
                    || name.equalsIgnoreCase("host")
                    || name.equalsIgnoreCase("content-type")) {
                signed.put(name.toLowerCase(Locale.ROOT), headers.value(i));
            }
        }
        signed.putIfAbsent("host", Canonicalization.hostHeader(request.url()));
        return signed;
    }

    private static String payloadHash(Request request) throws IOException {
        @Nullable RequestBody body = request.body();
        if (body == null || body.contentLength() == 0) {
            return EMPTY_BODY_HASH;
        }
        return Canonicalization.sha256Hex(body);
    }
}
