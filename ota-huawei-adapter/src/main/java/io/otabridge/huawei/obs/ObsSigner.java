package io.otabridge.huawei.obs;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.auth.HmacKey;
import io.otabridge.client.auth.SigningKeyCache;
import io.otabridge.client.transport.RequestSigner;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests to OBS with HMAC-SHA1 (document "User Signature Authentication", chapter "Authentication of Signature
 * in a Header"). The tag {@link ObsBucket} of a request determines the signed path. Safe for use by multiple threads.
 */
public final class ObsSigner implements RequestSigner {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    /** The query parameters of this adapter that are part of the signed resource. */
    private static final Set<String> SIGNED_PARAMETERS = Set.of(
            "location",
            "partNumber",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires",
            "uploadId",
            "uploads",
            "versionId");

    private final Supplier<AccessKey> keys;
    private final ObsForm form;
    private final Clock clock;
    private final SigningKeyCache signingKeys =
            new SigningKeyCache((key, scope) -> HmacKey.sha1(key.secret().reveal()));

    /**
     * Creates a signer.
     *
     * @param keys supplies the current access key
     * @param clock supplies the date of requests
     */
    public ObsSigner(Supplier<AccessKey> keys, ObsForm form, Clock clock) {
        this.keys = keys;
        this.form = form;
        this.clock = clock;
    }

    @Override
    public Request sign(Request request) {
        AccessKey key = keys.get();
        Request.Builder dated = request.newBuilder().header("Date", DATE.format(clock.instant()));
        key.securityToken().forEach(token -> dated.header(form.tokenHeader(), token.reveal()));
        Request unsigned = dated.build();
        byte[] signature = signingKeys.of(key, "").sign(stringToSign(unsigned));
        return unsigned.newBuilder()
                .header(
                        "Authorization",
                        form.scheme() + " " + key.id() + ":"
                                + Base64.getEncoder().encodeToString(signature))
                .build();
    }

    /** Returns the text that is signed for a request with a date. */
    String stringToSign(Request request) {
        boolean hasOwnDate = request.header(form.prefix() + "date") != null;
        @Nullable ObsBucket bucket = request.tag(ObsBucket.class);
        return request.method() + "\n"
                + header(request, "Content-MD5") + "\n"
                + header(request, "Content-Type") + "\n"
                + (hasOwnDate ? "" : header(request, "Date")) + "\n"
                + canonicalHeaders(request)
                + (bucket == null ? "" : bucket.signedPrefix())
                + request.url().encodedPath()
                + canonicalQuery(request.url());
    }

    private static String header(Request request, String name) {
        @Nullable String value = request.header(name);
        return value == null ? "" : value;
    }

    private String canonicalHeaders(Request request) {
        Map<String, String> signed = new TreeMap<>();
        request.headers().forEach(header -> {
            String name = header.getFirst().toLowerCase(Locale.ROOT);
            if (name.startsWith(form.prefix())) {
                signed.merge(name, header.getSecond().trim(), (first, next) -> first + "," + next);
            }
        });
        StringBuilder lines = new StringBuilder();
        signed.forEach(
                (name, value) -> lines.append(name).append(':').append(value).append('\n'));
        return lines.toString();
    }

    private static String canonicalQuery(HttpUrl url) {
        Map<String, String> signed = new TreeMap<>();
        for (int i = 0; i < url.querySize(); i++) {
            String name = url.queryParameterName(i);
            if (SIGNED_PARAMETERS.contains(name)) {
                @Nullable String value = url.queryParameterValue(i);
                signed.put(name, value == null || value.isEmpty() ? name : name + "=" + value);
            }
        }
        return signed.isEmpty() ? "" : "?" + String.join("&", signed.values());
    }
}
