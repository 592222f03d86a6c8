package io.otabridge.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.contracts.fuzz.SignedRequest;
import io.otabridge.contracts.fuzz.UnusualText;
import io.otabridge.domain.backend.Secret;
import io.otabridge.huawei.auth.AkskSigner;
import io.otabridge.simulators.huawei.HuaweiSignatureCheck;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that nobody would send, signed here and checked by the simulator's gate, which was written from the
 * documents and shares no code with the adapter: it takes each, and none of which one signed bit is another.
 */
class GeneratedSigningTest {

    private static final int CASES = 2_000;
    private static final int FLIPS = 3;
    private static final Instant NOW = Instant.parse("2026-01-15T08:15:30Z");
    private static final String DATE = "20260115T081530Z";
    private static final String REGION = "cn-north-4";
    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final List<String> HOSTS = List.of(
            "https://iotda.cn-north-4.myhuaweicloud.com", "https://h:8443", "http://[::1]:80", "http://127.0.0.1:1");

    private final Random random = new Random(20260115);
    private final UnusualText texts = new UnusualText(random);

    @Test
    void is_believed_with_the_plain_signature() throws IOException {
        checkAll(Option.none());
    }

    @Test
    void is_believed_with_the_derived_signature() throws IOException {
        checkAll(Option.some(REGION));
    }

    private void checkAll(Option<String> derivedFor) throws IOException {
        for (int i = 0; i < CASES; i++) {
            String id = texts.name(40);
            String secret = texts.printable(60);
            String token = random.nextBoolean() ? "" : texts.printable(200);
            AccessKey key = new AccessKey(
                    id,
                    Secret.of(secret),
                    Option.of(token).filter(text -> !text.isEmpty()).map(Secret::of));
            Request request = request(token);
            String authorization = new AkskSigner(() -> key, derivedFor, Clock.systemUTC()).authorization(request, key);
            check(request, authorization, new HuaweiSignatureCheck(id, secret, token, REGION, NOW));
        }
    }

    private void check(Request request, String authorization, HuaweiSignatureCheck verifier) throws IOException {
        SignedRequest sent = sent(request, authorization);
        assertThat(verifier.accepts(call(sent))).as("%s", sent).isTrue();
        for (int flip = 0; flip < FLIPS; flip++) {
            SignedRequest other = sent.flipped(random);
            assertThat(isAccepted(verifier, other))
                    .as("%s in place of %s", other, sent)
                    .isFalse();
        }
    }

    /** What cannot be read as a request is not accepted either. */
    private static boolean isAccepted(HuaweiSignatureCheck verifier, SignedRequest request) {
        try {
            return verifier.accepts(call(request));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private Request request(String token) {
        String address = HOSTS.get(random.nextInt(HOSTS.size())) + (random.nextInt(8) == 0 ? "/a//b///" : "/");
        HttpUrl.Builder url = HttpUrl.get(address).newBuilder();
        for (int count = random.nextInt(6); count > 0; count--) {
            url.addPathSegment(texts.anything(30));
        }
        for (int count = random.nextInt(5); count > 0; count--) {
            url.addQueryParameter(random.nextInt(3) == 0 ? "again" : texts.anything(20), texts.anything(60));
        }
        String verb = VERBS.get(random.nextInt(VERBS.size()));
        Request.Builder request = new Request.Builder()
                .url(url.build())
                .method(verb, body(verb))
                .header("X-Sdk-Date", DATE)
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("X-Security-Token", token);
        }
        for (int count = random.nextInt(3); count > 0; count--) {
            request.header("X-" + texts.name(10).replace('_', '-').replace('.', '-'), value());
        }
        return request.build();
    }

    /** The documents forbid blanks around a value and leave those inside it. */
    private String value() {
        return random.nextInt(5) == 0 ? "" : texts.printable(20) + "  " + texts.printable(5);
    }

    private RequestBody body(String verb) {
        boolean mayHaveNone = verb.equals("DELETE") || verb.equals("OPTIONS");
        if (List.of("GET", "HEAD").contains(verb) || mayHaveNone && random.nextBoolean()) {
            return null;
        }
        return RequestBody.create(texts.anything(500).getBytes(StandardCharsets.UTF_8));
    }

    /** As it goes over the wire; the host is what the JDK reads in the address. */
    private static SignedRequest sent(Request request, String authorization) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers()
                .forEach(header -> headers.putIfAbsent(header.getFirst().toLowerCase(), header.getSecond()));
        headers.remove("content-type");
        headers.put("host", URI.create(request.url().resolve("/").toString()).getRawAuthority());
        headers.put("authorization", authorization);
        Buffer body = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(body);
        }
        String query = request.url().encodedQuery();
        return new SignedRequest(
                request.method(),
                request.url().encodedPath(),
                query == null ? "" : query,
                headers,
                body.readString(StandardCharsets.ISO_8859_1));
    }

    private static ReceivedRequest call(SignedRequest sent) {
        return new ReceivedRequest(
                sent.method(),
                sent.path(),
                sent.query(),
                sent.headers(),
                sent.body().getBytes(StandardCharsets.ISO_8859_1));
    }
}
