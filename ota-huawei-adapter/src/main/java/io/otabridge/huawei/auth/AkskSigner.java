package io.otabridge.huawei.auth;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.auth.Canonicalization;
import io.otabridge.client.auth.HmacKey;
import io.otabridge.client.auth.SigningKeyCache;
import io.otabridge.client.json.TimestampFormat;
import io.otabridge.client.transport.RequestSigner;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with an access key, either with the key itself ({@code SDK-HMAC-SHA256}, shared endpoints) or with a
 * key derived for a day, region and service ({@code V11-HMAC-SHA256}, endpoints of a tenant's own instance). Implements
 * the documents "AK/SK Signing and Authentication" and "Constructing a Standard Request". Thread-safe.
 */
public final class AkskSigner implements RequestSigner {

    private static final String PLAIN = "SDK-HMAC-SHA256";
    private static final String DERIVED = "V11-HMAC-SHA256";
    private static final String SERVICE = "iotdm";
    private static final TimestampFormat DATE = TimestampFormat.of("yyyyMMddTHHmmssZ");
    private static final String EMPTY_BODY_HASH = Canonicalization.sha256Hex(new byte[0]);

    /** HTTP clients and proxies add or change these headers, so they are not signed. */
    private static final Set<String> TRANSPORT_HEADERS =
            names("User-Agent", "Accept-Encoding", "Connection", "Content-Length", "Transfer-Encoding");

    private static final Set<String> NEVER_SIGNED = names("Content-Type", "Authorization");

    private final Supplier<AccessKey> keys;
    private final Option<String> derivedForRegion;
    private final Clock clock;
    private final SigningKeyCache signingKeys = new SigningKeyCache(AkskSigner::hmacKey);

    /**
     * Creates a signer.
     *
     * @param keys supplies the current access key
     * @param derivedForRegion the region for the derived key; absent for the plain signature
     * @param clock supplies the date of requests
     */
    public AkskSigner(Supplier<AccessKey> keys, Option<String> derivedForRegion, Clock clock) {
        this.keys = keys;
        this.derivedForRegion = derivedForRegion;
        this.clock = clock;
    }

    @Override
    public Request sign(Request request) throws IOException {
        AccessKey key = keys.get();
        String date = DATE.format(clock.instant());
        Request.Builder signed = request.newBuilder().header("X-Sdk-Date", date);
        Map<String, String> headers = signedHeaders(request, TRANSPORT_HEADERS);
        headers.put("x-sdk-date", date);
        if (key.securityToken().isDefined()) {
            String token = key.securityToken().get().reveal();
            signed.header("X-Security-Token", token);
            headers.put("x-security-token", token);
        }
        return signed.header("Authorization", authorization(request, headers, date, key))
                .build();
    }

    /**
     * Returns the {@code Authorization} header of a request, which must carry {@code X-Sdk-Date}. All headers of the
     * request are signed.
     */
    public String authorization(Request request, AccessKey key) throws IOException {
        return authorization(
                request, signedHeaders(request, Set.of()), String.valueOf(request.header("X-Sdk-Date")), key);
    }

    private String authorization(Request request, Map<String, String> headers, String date, AccessKey key)
            throws IOException {
        String names = String.join(";", headers.keySet());
        String hash = canonicalRequestHash(request, headers, names);
        if (derivedForRegion.isEmpty()) {
            String signature = Canonicalization.hex(signingKeys.of(key, "").sign(PLAIN + "\n" + date + "\n" + hash));
            return PLAIN + " Access=" + key.id() + ", SignedHeaders=" + names + ", Signature=" + signature;
        }
        String info = date.substring(0, 8) + "/" + derivedForRegion.get() + "/" + SERVICE;
        String signature =
                Canonicalization.hex(signingKeys.of(key, info).sign(DERIVED + "\n" + date + "\n" + info + "\n" + hash));
        return DERIVED + " Credential=" + key.id() + "/" + info + ", SignedHeaders=" + names + ", Signature="
                + signature;
    }

    private static HmacKey hmacKey(AccessKey key, String info) {
        return HmacKey.sha256(info.isEmpty() ? key.secret().reveal() : derivedKey(key, info));
    }

    /** HKDF with the key id as salt. The signing key is the hexadecimal text of its output. */
    private static String derivedKey(AccessKey key, String info) {
        byte[] extracted = HmacKey.sha256(key.id()).sign(key.secret().reveal());
        byte[] expanded = HmacKey.sha256(extracted).sign(info + "\u0001");
        return Canonicalization.hex(expanded);
    }

    private static String canonicalRequestHash(Request request, Map<String, String> headers, String names)
            throws IOException {
        Buffer text = new Buffer().writeUtf8(request.method()).writeUtf8("\n/");
        addCanonicalPath(text, request.url());
        text.writeUtf8("\n")
                .writeUtf8(Canonicalization.canonicalQuery(request.url()))
                .writeUtf8("\n");
        headers.forEach((name, value) ->
                text.writeUtf8(name).writeUtf8(":").writeUtf8(value).writeUtf8("\n"));
        text.writeUtf8("\n").writeUtf8(names).writeUtf8("\n").writeUtf8(payloadHash(request));
        return Canonicalization.sha256Hex(text);
    }

    /** Encodes each raw segment and ends the path with one slash. */
    private static void addCanonicalPath(Buffer text, HttpUrl url) {
        List<String> segments = url.pathSegments();
        int count = segments.size();
        while (count > 0 && segments.get(count - 1).isEmpty()) {
            count--;
        }
        for (String segment : segments.subList(0, count)) {
            text.writeUtf8(Canonicalization.percentEncode(segment)).writeUtf8("/");
        }
    }

    private static Map<String, String> signedHeaders(Request request, Set<String> excluded) {
        Map<String, String> signed = new TreeMap<>();
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (!NEVER_SIGNED.contains(name) && !excluded.contains(name) && name.indexOf('_') < 0) {
                signed.putIfAbsent(name.toLowerCase(Locale.ROOT), headers.value(i));
            }
        }
        signed.putIfAbsent("host", Canonicalization.hostHeader(request.url()));
        return signed;
    }

    /** A set that ignores case. */
    private static Set<String> names(String... names) {
        Set<String> ignoringCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.addAll(List.of(names));
        return Collections.unmodifiableSet(ignoringCase);
    }

    private static String payloadHash(Request request) throws IOException {
        @Nullable String given = request.header("X-Sdk-Content-Sha256");
        if (given != null) {
            return given;
        }
        @Nullable RequestBody body = request.body();
        if (body == null) {
            return EMPTY_BODY_HASH;
        }
        return Canonicalization.sha256Hex(body);
    }
}
