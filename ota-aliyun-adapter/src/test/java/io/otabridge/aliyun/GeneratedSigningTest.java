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
 * Signs thousands of random requests and checks them with the authenticator of the simulator, which was written from
 * the documents and shares no code with the adapter. It accepts every request, and none in which one signed bit is
 * flipped. Parameter names are like those of the platform, because its documents do not define the order of other
 * names.
 */
class GeneratedSigningTest {

    private static final int CASES = 2_000;
    private static final int FLIPS = 3;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<String> HOSTS =
            List.of("https://iot.cn-shanghai.aliyuncs.com", "https://h:8686", "http://[::1]:80", "http://127.0.0.1:1");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "HEAD");

    private final Random random = new Random(20260102);
    private final UnusualText texts = new UnusualText(random);

    @Test
    void hmac_sha1_signatures_are_accepted() throws IOException {
        checkAll(false, new RpcSigner(Dialect.ALIBABA.commonParameters(), Option.some("cn-shanghai")));
    }

    @Test
    void hmac_sha1_signatures_are_accepted_by_tuya() throws IOException {
        checkAll(true, new RpcSigner(Dialect.TUYA.commonParameters(), Option.none()));
    }

    @Test
    void acs3_signatures_are_accepted() throws IOException {
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
            boolean isAcs3 = scheme instanceof Acs3Signer;
            Request signed = scheme.sign(request(isAcs3), key, NOW, "nonce-" + i);
            check(signed, new AliyunSignatureCheck(isTuya, id, secret, token, NOW), isAcs3);
        }
    }

    private void check(Request request, AliyunSignatureCheck verifier, boolean isAcs3) throws IOException {
        SignedRequest sent = sent(request, isAcs3);
        // Flipped requests come first, because a request is accepted only once.
        for (int flip = 0; flip < FLIPS; flip++) {
            SignedRequest flipped = sent.flipped(random);
            assertThat(isAccepted(verifier, flipped))
                    .as("%s in place of %s", flipped, sent)
                    .isFalse();
        }
        assertThat(verifier.accepts(received(sent))).as("%s", sent).isTrue();
    }

    /** A request that cannot be read is not accepted. */
    private static boolean isAccepted(AliyunSignatureCheck verifier, SignedRequest request) {
        try {
            return verifier.accepts(received(request));
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
        String method = hasSignedHeaders ? METHODS.get(random.nextInt(METHODS.size())) : "GET";
        Request.Builder request = new Request.Builder()
                .url(url.build())
                .method(method, body(method))
                .header("x-acs-action", texts.name(30));
        for (int count = hasSignedHeaders ? random.nextInt(3) : 0; count > 0; count--) {
            request.header("x-acs-" + texts.name(10).toLowerCase(), texts.printable(20) + "  " + texts.printable(5));
        }
        return request.build();
    }

    private RequestBody body(String method) {
        if (List.of("GET", "HEAD").contains(method)) {
            return null;
        }
        return RequestBody.create(texts.anything(500).getBytes(StandardCharsets.UTF_8));
    }

    /** The signed parts of the request on the wire. The JDK derives the host from the address. */
    private static SignedRequest sent(Request request, boolean isAcs3) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (isAcs3) {
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

    private static ReceivedRequest received(SignedRequest sent) {
        return new ReceivedRequest(
                sent.method(),
                sent.path(),
                sent.query(),
                sent.headers(),
                sent.body().getBytes(StandardCharsets.ISO_8859_1));
    }
}
