package io.otabridge.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.obs.services.ObsClient;
import com.obs.services.model.ObjectMetadata;
import com.sun.net.httpserver.HttpServer;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.config.Endpoint;
import io.otabridge.domain.backend.Secret;
import io.otabridge.huawei.obs.ObsBucket;
import io.otabridge.huawei.obs.ObsForm;
import io.otabridge.huawei.obs.ObsSigner;
import io.vavr.control.Option;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the signatures of the adapter with those of the official SDK, for requests that a server recorded. */
class ObsSignatureTest {

    private static final String BUCKET = "ota-firmware";
    private static final AccessKey KEY = new AccessKey(
            "AKEXAMPLE0000000001",
            Secret.of("FakeSecretOfTheComparison0123456789"),
            Option.some(Secret.of("a+token/==")));

    private final List<Recorded> recorded = new CopyOnWriteArrayList<>();
    private HttpServer server;

    private record Recorded(String method, String target, Map<String, String> headers) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            recorded.add(new Recorded(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers));
            exchange.getResponseHeaders().set("x-obs-api", "3.0");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @MethodSource("io.otabridge.acceptance.ObsSdkTest#keys")
    void signs_uploads_parts_and_reads_like_the_sdk(ObsSdkTest.Style style, String key) throws IOException {
        try (ObsClient client = new ObsClient(
                KEY.id(),
                KEY.secret().reveal(),
                KEY.securityToken().get().reveal(),
                ObsSdkTest.settings(style, server.getAddress().getPort()))) {
            ObjectMetadata metadata = new ObjectMetadata();
            metadata.setContentType("application/octet-stream");
            metadata.setContentMd5("I88s7BfCJGBxkTKXGb4YaQ==");
            metadata.addUserMetadata("sha256", "595124473f86");
            client.putObject(BUCKET, key, new ByteArrayInputStream(key.getBytes(UTF_8)), metadata);
            client.uploadPart(BUCKET, key, "0000018A", 7, new ByteArrayInputStream(new byte[] {1}));
            client.getObjectMetadata(BUCKET, key);
        }
        recorded.removeIf(request -> request.target().contains("apiversion"));

        assertThat(recorded).hasSize(3);
        assertThat(recorded)
                .allSatisfy(sent ->
                        assertThat(sign(style, sent)).isEqualTo(sent.headers().get("Authorization")));
        // Both encodings of a slash name the same object.
        assertThat(withSlashes(bucket(style).url(key).get())).isEqualTo(withSlashes(url(recorded.get(0))));
    }

    /** Signs a recorded request again, with the signer of the adapter at the same time. */
    private String sign(ObsSdkTest.Style style, Recorded sent) {
        Request.Builder request = new Request.Builder()
                .url(url(sent))
                .tag(ObsBucket.class, bucket(style))
                .method(sent.method(), sent.method().equals("PUT") ? RequestBody.create(new byte[0], null) : null);
        sent.headers().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).matches("content-(md5|type)|x-(obs|amz)-(?!security-token).*")) {
                request.header(name, value);
            }
        });
        Clock clock = Clock.fixed(
                ZonedDateTime.parse(sent.headers().get("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant(),
                ZoneOffset.UTC);
        ObsForm form = style == ObsSdkTest.Style.PATH ? ObsForm.AWS : ObsForm.OBS;
        return new ObsSigner(() -> KEY, form, clock).sign(request.build()).header("Authorization");
    }

    private static HttpUrl url(Recorded sent) {
        HttpUrl url = HttpUrl.get("http://" + sent.headers().get("Host") + sent.target());
        assertThat(url.encodedPath()).isEqualTo(sent.target().replaceFirst("\\?.*", ""));
        return url;
    }

    private ObsBucket bucket(ObsSdkTest.Style style) {
        String host = style == ObsSdkTest.Style.PATH ? "127.0.0.1" : "obs.cn-north-4.myhuaweicloud.com";
        HttpUrl endpoint =
                HttpUrl.get("http://" + host + ":" + server.getAddress().getPort());
        return ObsBucket.of(Endpoint.of(endpoint), "cn-north-4", BUCKET);
    }

    private static String withSlashes(HttpUrl url) {
        return url.host() + url.encodedPath().replace("%2F", "/");
    }
}
