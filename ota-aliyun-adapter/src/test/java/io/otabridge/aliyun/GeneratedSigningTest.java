package io.otabridge.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.signing.Acs3Signer;
import io.otabridge.aliyun.signing.AliyunRequestSigner;
import io.otabridge.aliyun.signing.RpcSigner;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.contracts.fuzz.SignedRequest;
import io.otabridge.contracts.fuzz.UnusualText;
import io.otabridge.domain.backend.Secret;
import io.otabridge.simulators.aliyun.AliyunSignatureCheck;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
 * Thousands of requests that nobody would send, signed here and checked by the simulators' gate, which was written from the
 * documents and shares no code with the adapter: it takes each, and none of which one signed bit is another. Names of
 * parameters are as those of the platform are; how others are sorted, its documents leave open.
 */
class GeneratedSigningTest {

    private static final int CASES = 2_000;
    private static final int FLIPS = 3;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<String> HOSTS =
            List.of("https://iot.cn-shanghai.aliyuncs.com", "https://h:8686", "http://[::1]:80", "http://127.0.0.1:1");
    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "DELETE", "HEAD");

    private final Random random = new Random(20260102);
    private final UnusualText texts = new UnusualText(random);

    @Test
    void is_believed_with_the_older_signature() throws IOException {
        checkAll(false, new RpcSigner(Dialect.ALIBABA.commonParameters(), Option.some("cn-shanghai")));
    }

    @Test
    void is_believed_with_the_older_signature_by_tuya() throws IOException {
        checkAll(true, new RpcSigner(Dialect.TUYA.commonParameters(), Option.none()));
    }

    @Test
    void is_believed_with_the_newer_signature() throws IOException {
        checkAll(false, new Acs3Signer());
    }

    private void checkAll(boolean isTuya, AliyunRequestSigner.Scheme scheme) throws IOException {
        for (int i = 0; i < CASES; i++) {
            String id = texts.name(40);
            String secret = texts.printable(60);
            String token = isTuya || random.nextBoolean() ? "" : texts.printable(200);
            AccessKey key = new AccessKey(
                    id,
                    Secret.of(secret),
                    Option.of(token).filter(text -> !text.isEmpty()).map(Secret::of));
            boolean isNewer = scheme instanceof Acs3Signer;
            Request signed = scheme.sign(request(isNewer), key, NOW, "nonce-" + i);
            check(signed, new AliyunSignatureCheck(isTuya, id, secret, token, NOW), isNewer);
        }
    }

    private void check(Request request, AliyunSignatureCheck verifier, boolean isNewer) throws IOException {
        SignedRequest sent = sent(request, isNewer);
        // Those that are another must come first: a request is accepted once.
        for (int flip = 0; flip < FLIPS; flip++) {
            SignedRequest other = sent.flipped(random);
            assertThat(isAccepted(verifier, other))
                    .as("%s in place of %s", other, sent)
                    .isFalse();
        }
        assertThat(verifier.accepts(call(sent))).as("%s", sent).isTrue();
    }

    /** What cannot be read as a request is not accepted either. */
    private static boolean isAccepted(AliyunSignatureCheck verifier, SignedRequest request) {
        try {
            return verifier.accepts(call(request));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private Request request(boolean hasSignedHeaders) {
        HttpUrl.Builder url =
                HttpUrl.get(HOSTS.get(random.nextInt(HOSTS.size()))).newBuilder();
        for (int count = random.nextInt(6); count > 0; count--) {
            url.addQueryParameter(texts.name(20) + count, texts.anything(60));
        }
        String verb = hasSignedHeaders ? VERBS.get(random.nextInt(VERBS.size())) : "GET";
        Request.Builder request =
                new Request.Builder().url(url.build()).method(verb, body(verb)).header("x-acs-action", texts.name(30));
        for (int count = hasSignedHeaders ? random.nextInt(3) : 0; count > 0; count--) {
            request.header("x-acs-" + texts.name(10).toLowerCase(), texts.printable(20) + "  " + texts.printable(5));
        }
        return request.build();
    }

    private RequestBody body(String verb) {
        if (List.of("GET", "HEAD").contains(verb)) {
            return null;
        }
        return RequestBody.create(texts.anything(500).getBytes(StandardCharsets.UTF_8));
    }

    /** What is signed of it as it goes over the wire; the host is what the JDK reads in the address. */
    private static SignedRequest sent(Request request, boolean isNewer) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (isNewer) {
            request.headers()
                    .forEach(header -> headers.putIfAbsent(header.getFirst().toLowerCase(), header.getSecond()));
            headers.put(
                    "host", URI.create(request.url().resolve("/").toString()).getRawAuthority());
        }
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
