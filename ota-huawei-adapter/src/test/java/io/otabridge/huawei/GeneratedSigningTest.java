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
 * Signs thousands of random requests and checks them with the authenticator of the simulator, which was written from
 * the documents and shares no code with the adapter. It accepts every request, and none in which one signed bit is
 * flipped.
 */
class GeneratedSigningTest {

    private static final int CASES = 2_000;
    private static final int FLIPS = 3;
    private static final Instant NOW = Instant.parse("2026-01-15T08:15:30Z");
    private static final String DATE = "20260115T081530Z";
    private static final String REGION = "cn-north-4";
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final List<String> HOSTS = List.of(
            "https://iotda.cn-north-4.myhuaweicloud.com", "https://h:8443", "http://[::1]:80", "http://127.0.0.1:1");

    private final Random random = new Random(20260115);
    private final UnusualText texts = new UnusualText(random);

    @Test
    void plain_signatures_are_accepted() throws IOException {
        checkAll(Option.none());
    }

    @Test
    void derived_signatures_are_accepted() throws IOException {
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
        assertThat(verifier.accepts(received(sent))).as("%s", sent).isTrue();
        for (int flip = 0; flip < FLIPS; flip++) {
            SignedRequest flipped = sent.flipped(random);
            assertThat(isAccepted(verifier, flipped))
                    .as("%s in place of %s", flipped, sent)
                    .isFalse();
        }
    }

    /** A request that cannot be read is not accepted. */
    private static boolean isAccepted(HuaweiSignatureCheck verifier, SignedRequest request) {
        try {
            return verifier.accepts(received(request));
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
        String method = METHODS.get(random.nextInt(METHODS.size()));
        Request.Builder request = new Request.Builder()
                .url(url.build())
                .method(method, body(method))
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

    /** The documents forbid leading and trailing blanks of a value and keep those inside it. */
    private String value() {
        return random.nextInt(5) == 0 ? "" : texts.printable(20) + "  " + texts.printable(5);
    }

    private RequestBody body(String method) {
        boolean mayHaveNone = method.equals("DELETE") || method.equals("OPTIONS");
        if (List.of("GET", "HEAD").contains(method) || mayHaveNone && random.nextBoolean()) {
            return null;
        }
        return RequestBody.create(texts.anything(500).getBytes(StandardCharsets.UTF_8));
    }

    /** The request on the wire. The JDK derives the host from the address. */
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

    private static ReceivedRequest received(SignedRequest sent) {
        return new ReceivedRequest(
                sent.method(),
                sent.path(),
                sent.query(),
                sent.headers(),
                sent.body().getBytes(StandardCharsets.ISO_8859_1));
    }
}
