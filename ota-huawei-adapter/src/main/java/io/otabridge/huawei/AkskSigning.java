package io.otabridge.huawei;

import io.otabridge.http.AccessKey;
import io.otabridge.http.Signing;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with an access key: plainly ({@code SDK-HMAC-SHA256}, shared endpoints) or with a key derived from it for
 * a day, region and service ({@code V11-HMAC-SHA256}, endpoints of a tenant's own instance). After the documents "AK/SK
 * Signing and Authentication" and "Constructing a Standard Request". Safe for many threads.
 */
final class AkskSigning implements Interceptor {

    private static final String PLAIN = "SDK-HMAC-SHA256";
    private static final String DERIVED = "V11-HMAC-SHA256";
    private static final String SERVICE = "iotdm";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String NO_BODY = Signing.sha256Hex(new byte[0]);

    /** Added or changed on the way by HTTP clients and proxies, so left out of the signature. */
    private static final List<String> TRANSPORT_HEADERS =
            List.of("User-Agent", "Accept-Encoding", "Connection", "Content-Length", "Transfer-Encoding");

    private static final Set<String> NEVER_SIGNED = Set.of("content-type", "authorization");

    private final Supplier<AccessKey> keys;
    private final Option<String> derivedForRegion;
    private final Clock clock;

    /**
     * Signing.
     *
     * @param keys the key to sign with now
     * @param derivedForRegion the region to derive a key for; absent for the plain signature
     */
    AkskSigning(Supplier<AccessKey> keys, Option<String> derivedForRegion, Clock clock) {
        this.keys = keys;
        this.derivedForRegion = derivedForRegion;
        this.clock = clock;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        AccessKey key = keys.get();
        Request.Builder dated = chain.request().newBuilder().header("X-Sdk-Date", DATE.format(clock.instant()));
        key.securityToken().forEach(token -> dated.header("X-Security-Token", token.reveal()));
        Request complete = dated.build();
        TRANSPORT_HEADERS.forEach(dated::removeHeader);
        String authorization = authorization(dated.build(), key);
        return chain.proceed(
                complete.newBuilder().header("Authorization", authorization).build());
    }

    /** The header that proves who sends this request; it must carry {@code X-Sdk-Date}. Signs every header it holds. */
    String authorization(Request request, AccessKey key) throws IOException {
        String date = String.valueOf(request.header("X-Sdk-Date"));
        Map<String, String> headers = signedHeaders(request);
        String names = String.join(";", headers.keySet());
        String hash = Signing.sha256Hex(canonicalRequest(request, headers, names));
        if (derivedForRegion.isEmpty()) {
            byte[] secret = key.secret().reveal().getBytes(StandardCharsets.UTF_8);
            String signature = Signing.hex(Signing.hmacSha256(secret, PLAIN + "\n" + date + "\n" + hash));
            return PLAIN + " Access=" + key.id() + ", SignedHeaders=" + names + ", Signature=" + signature;
        }
        String info = date.substring(0, 8) + "/" + derivedForRegion.get() + "/" + SERVICE;
        String signature = Signing.hex(
                Signing.hmacSha256(derivedKey(key, info), DERIVED + "\n" + date + "\n" + info + "\n" + hash));
        return DERIVED + " Credential=" + key.id() + "/" + info + ", SignedHeaders=" + names + ", Signature="
                + signature;
    }

    /** HKDF with the key id as salt; what signs is the hexadecimal text of its output, not the output. */
    private static byte[] derivedKey(AccessKey key, String info) {
        byte[] salt = key.id().getBytes(StandardCharsets.UTF_8);
        byte[] extracted = Signing.hmacSha256(salt, key.secret().reveal());
        byte[] expanded = Signing.hmacSha256(extracted, info + "\u0001");
        return Signing.hex(expanded).getBytes(StandardCharsets.US_ASCII);
    }

    private static String canonicalRequest(Request request, Map<String, String> headers, String names)
            throws IOException {
        StringBuilder text = new StringBuilder(512)
                .append(request.method())
                .append('\n')
                .append(canonicalPath(request.url()))
                .append('\n')
                .append(Signing.canonicalQuery(request.url()))
                .append('\n');
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        return text.append('\n')
                .append(names)
                .append('\n')
                .append(payloadHash(request))
                .toString();
    }

    /** Each raw segment encoded, and a slash at the end whether the path has one, several or none. */
    private static String canonicalPath(HttpUrl url) {
        StringBuilder path = new StringBuilder("/");
        io.vavr.collection.List.ofAll(url.pathSegments())
                .dropRightWhile(String::isEmpty)
                .forEach(segment -> path.append(Signing.percentEncode(segment)).append('/'));
        return path.toString();
    }

    private static Map<String, String> signedHeaders(Request request) {
        Map<String, String> signed = new TreeMap<>();
        request.headers().forEach(header -> {
            String name = header.getFirst().toLowerCase(Locale.ROOT);
            if (!NEVER_SIGNED.contains(name) && name.indexOf('_') < 0) {
                signed.putIfAbsent(name, header.getSecond());
            }
        });
        signed.putIfAbsent("host", Signing.hostHeader(request.url()));
        return signed;
    }

    private static String payloadHash(Request request) throws IOException {
        @Nullable String given = request.header("X-Sdk-Content-Sha256");
        if (given != null) {
            return given;
        }
        @Nullable RequestBody body = request.body();
        if (body == null) {
            return NO_BODY;
        }
        Buffer bytes = new Buffer();
        body.writeTo(bytes);
        return bytes.sha256().hex();
    }
}
