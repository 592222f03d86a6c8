package io.otabridge.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.utils.BinaryUtil;
import com.aliyun.oss.model.GetObjectRequest;
import com.aliyun.oss.model.MatchMode;
import com.aliyun.oss.model.ObjectMetadata;
import com.aliyun.oss.model.PolicyConditions;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.objectstore.OssSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the official SDK of OSS, with its signature version 1, against the simulator. */
class OssSdkTest {

    private static final byte[] FILE = "content of the file".getBytes(UTF_8);

    private final AliyunSimulator simulator = AliyunSimulator.start();
    private final OssSimulator store = simulator.objectStore();
    private final OSS client = client(store.secretKey());

    @AfterEach
    void stop() {
        client.shutdown();
        simulator.close();
    }

    /** The SDK limits keys to 1,023 bytes, and those of links may not start with a question mark. */
    static List<String> keys() {
        return HostileKeys.ALL.stream()
                .filter(key -> key.getBytes(UTF_8).length < 1024 && !key.startsWith("?"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void puts_reads_and_deletes_an_object(String key) throws IOException {
        client.putObject(store.bucket(), key, new ByteArrayInputStream(FILE));

        assertThat(store.keys()).containsExactly(key);
        ObjectMetadata head = client.getObjectMetadata(store.bucket(), key);
        assertThat(head.getContentLength()).isEqualTo(FILE.length);
        assertThat(head.getETag()).isEqualTo(store.find(key).get().eTag());
        GetObjectRequest range = new GetObjectRequest(store.bucket(), key);
        range.setRange(8, 9);
        try (InputStream content = client.getObject(range).getObjectContent()) {
            assertThat(content.readAllBytes()).isEqualTo("of".getBytes(UTF_8));
        }
        client.deleteObject(store.bucket(), key);
        assertThat(store.keys()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void signs_the_same_links_as_the_simulator(String key) throws Exception {
        store.put(key, FILE);
        String own = store.link(key);
        Instant expires = Instant.ofEpochSecond(Long.parseLong(own.replaceFirst(".*[?&]Expires=([0-9]+).*", "$1")));
        String link = client.generatePresignedUrl(store.bucket(), key, Date.from(expires))
                .toString();

        assertThat(link).endsWith(own.replaceFirst(".*(&Signature=.*)", "$1"));
        assertThat(get(link)).isEqualTo(FILE);
        assertThat(get(own)).isEqualTo(FILE);
    }

    @Test
    void is_rejected_with_one_wrong_byte_of_the_secret() {
        OSS other = client(store.secretKey().replaceFirst(".$", "x"));

        OSSException failure = catchThrowableOfType(
                OSSException.class, () -> other.putObject(store.bucket(), "k", new ByteArrayInputStream(FILE)));

        assertThat(failure.getErrorCode()).isEqualTo("SignatureDoesNotMatch");
        assertThat(failure.getRequestId()).isNotEmpty();
        assertThat(store.keys()).isEmpty();
        other.shutdown();
    }

    @Test
    void a_form_with_a_policy_of_the_sdk_is_accepted() throws Exception {
        assertThat(post(client)).isEqualTo("200");
        assertThat(store.keys()).containsExactly("ota/a.bin");
    }

    @Test
    void a_form_signed_with_one_wrong_byte_of_the_secret_is_rejected() throws Exception {
        OSS other = client(store.secretKey().replaceFirst(".$", "x"));

        assertThat(post(other)).contains("403", "SignatureDoesNotMatch");
        assertThat(store.keys()).isEmpty();
        other.shutdown();
    }

    private String post(OSS signer) throws Exception {
        PolicyConditions conditions = new PolicyConditions();
        conditions.addConditionItem(PolicyConditions.COND_CONTENT_LENGTH_RANGE, 0, 1_048_576_000);
        conditions.addConditionItem(MatchMode.StartWith, PolicyConditions.COND_KEY, "ota/");
        String policy = signer.generatePostPolicy(Date.from(Instant.now().plus(Duration.ofMinutes(1))), conditions);
        String form = field("key", "ota/a.bin")
                + field("policy", BinaryUtil.toBase64String(policy.getBytes(UTF_8)))
                + field("OSSAccessKeyId", store.accessKey())
                + field("Signature", signer.calculatePostSignature(policy))
                + field("success_action_status", "200")
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncontent\r\n--b--\r\n";
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(store.endpoint())
                                .header("Content-Type", "multipart/form-data; boundary=b")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + response.body();
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private OSS client(String secretKey) {
        ClientBuilderConfiguration settings = new ClientBuilderConfiguration();
        settings.setSLDEnabled(true);
        settings.setMaxErrorRetry(0);
        return new OSSClientBuilder().build(store.endpoint().toString(), store.accessKey(), secretKey, settings);
    }

    private static byte[] get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }
}
