package io.otabridge.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.obs.services.ObsClient;
import com.obs.services.ObsConfiguration;
import com.obs.services.exception.ObsException;
import com.obs.services.model.AbortMultipartUploadRequest;
import com.obs.services.model.CompleteMultipartUploadRequest;
import com.obs.services.model.GetObjectRequest;
import com.obs.services.model.HttpMethodEnum;
import com.obs.services.model.InitiateMultipartUploadRequest;
import com.obs.services.model.ListMultipartUploadsRequest;
import com.obs.services.model.ListPartsRequest;
import com.obs.services.model.Multipart;
import com.obs.services.model.MultipartUpload;
import com.obs.services.model.ObjectMetadata;
import com.obs.services.model.PartEtag;
import com.obs.services.model.TemporarySignatureRequest;
import com.obs.services.model.TemporarySignatureResponse;
import com.obs.services.model.UploadPartRequest;
import com.obs.services.model.UploadPartResult;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.objectstore.ObsSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the official SDK of OBS against the simulator. */
class ObsSdkTest {

    private static final byte[] FILE = "content of the file".getBytes(UTF_8);
    private static final String BUCKET = "ota-firmware";
    private static final String KEY = "固件/a b+c.bin";

    private final HuaweiSimulator simulator = HuaweiSimulator.start();
    private final ObsSimulator store = simulator.objectStore();

    /** Where the SDK puts the bucket. With the bucket in the path, it signs in the compatible form ({@code AWS}). */
    enum Style {
        HOST,
        PATH
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    static Stream<Arguments> keys() {
        return Stream.of(Style.values())
                .flatMap(style -> HostileKeys.ALL.stream().map(key -> Arguments.of(style, key)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void puts_reads_and_deletes_an_object(Style style, String key) throws IOException {
        try (ObsClient client = client(style)) {
            ObjectMetadata metadata = new ObjectMetadata();
            metadata.setContentLength((long) FILE.length);
            metadata.addUserMetadata("sha256", "0a1b");
            client.putObject(BUCKET, key, new ByteArrayInputStream(FILE), metadata);

            assertThat(store.keys(BUCKET)).containsExactly(key);
            ObjectMetadata head = client.getObjectMetadata(BUCKET, key);
            assertThat(head.getContentLength()).isEqualTo(FILE.length);
            assertThat(head.getUserMetadata("sha256")).isEqualTo("0a1b");
            try (InputStream content = client.getObject(BUCKET, key).getObjectContent()) {
                assertThat(content.readAllBytes()).isEqualTo(FILE);
            }
            client.deleteObject(BUCKET, key);
            assertThat(store.keys(BUCKET)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void reads_a_range_if_the_object_is_the_same(Style style) throws IOException {
        store.put(BUCKET, "k", FILE);
        try (ObsClient client = client(style)) {
            GetObjectRequest request = new GetObjectRequest(BUCKET, "k");
            request.setRangeStart(8L);
            request.setRangeEnd(9L);
            request.setIfMatchTag(client.getObjectMetadata(BUCKET, "k").getEtag());
            try (InputStream content = client.getObject(request).getObjectContent()) {
                assertThat(content.readAllBytes()).isEqualTo("of".getBytes(UTF_8));
            }
            request.setIfMatchTag("other");

            assertThat(failure(() -> client.getObject(request)).getResponseCode())
                    .isEqualTo(412);
        }
    }

    @ParameterizedTest
    @EnumSource
    void uploads_in_parts(Style style) throws IOException {
        byte[] large = new byte[150 * 1024];
        new Random(1).nextBytes(large);
        try (ObsClient client = client(style)) {
            String id = start(client, KEY);
            start(client, "other");
            List<PartEtag> parts = new ArrayList<>(List.of(part(client, id, 1, large), part(client, id, 2, FILE)));

            ListMultipartUploadsRequest list = new ListMultipartUploadsRequest(BUCKET);
            list.setPrefix("固件/");
            assertThat(client.listMultipartUploads(list).getMultipartTaskList())
                    .extracting(MultipartUpload::getUploadId)
                    .containsExactly(id);
            assertThat(client.listParts(new ListPartsRequest(BUCKET, KEY, id)).getMultipartList())
                    .extracting(Multipart::getSize)
                    .containsExactly((long) large.length, (long) FILE.length);
            client.completeMultipartUpload(new CompleteMultipartUploadRequest(BUCKET, KEY, id, parts));

            assertThat(store.find(BUCKET, KEY).get().size()).isEqualTo(large.length + FILE.length);
            assertThat(store.unfinishedUploads(BUCKET)).containsExactly("other");
        }
    }

    @Test
    void aborts_an_upload() throws IOException {
        try (ObsClient client = client(Style.HOST)) {
            String id = start(client, KEY);
            client.abortMultipartUpload(new AbortMultipartUploadRequest(BUCKET, KEY, id));

            assertThat(store.unfinishedUploads(BUCKET)).isEmpty();
            assertThat(failure(() -> client.listParts(new ListPartsRequest(BUCKET, KEY, id)))
                            .getErrorCode())
                    .isEqualTo("NoSuchUpload");
        }
    }

    @ParameterizedTest
    @EnumSource
    void reads_the_region_of_a_bucket(Style style) throws IOException {
        try (ObsClient client = client(style)) {
            assertThat(client.headBucket(BUCKET)).isTrue();
            assertThat(client.headBucket("none-of-ours")).isFalse();
            assertThat(client.getBucketLocation(BUCKET)).isEqualTo("cn-north-4");
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_rejected_with_one_wrong_byte_of_the_secret(Style style) throws IOException {
        String wrong = simulator.secretKey().replaceFirst(".$", "x");
        try (ObsClient client = new ObsClient(simulator.accessKey(), wrong, settings(style))) {
            ObsException failure = failure(() -> client.putObject(BUCKET, "k", new ByteArrayInputStream(FILE)));

            assertThat(failure.getResponseCode()).isEqualTo(403);
            assertThat(failure.getErrorCode()).isEqualTo("SignatureDoesNotMatch");
            assertThat(failure.getErrorRequestId()).isNotEmpty();
            assertThat(store.keys(BUCKET)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_accepted_with_temporary_keys(Style style) throws IOException {
        simulator.requireSecurityToken(true);
        try (ObsClient client = new ObsClient(
                        simulator.accessKey(), simulator.secretKey(), simulator.securityToken(), settings(style));
                ObsClient without = client(style)) {
            client.putObject(BUCKET, "k", new ByteArrayInputStream(FILE));

            assertThat(store.keys(BUCKET)).containsExactly("k");
            assertThat(failure(() -> without.getObject(BUCKET, "k")).getErrorCode())
                    .isEqualTo("InvalidSecurity");
        }
    }

    @Test
    void signs_links_that_are_accepted() throws Exception {
        store.put(BUCKET, KEY, FILE);
        try (ObsClient client = client(Style.PATH)) {
            TemporarySignatureRequest request = new TemporarySignatureRequest(HttpMethodEnum.GET, 60);
            request.setBucketName(BUCKET);
            request.setObjectKey(KEY);
            TemporarySignatureResponse link = client.createTemporarySignature(request);

            assertThat(get(link.getSignedUrl())).isEqualTo(FILE);
            assertThat(new String(get(link.getSignedUrl().replace("Expires=1", "Expires=2")), UTF_8))
                    .contains("SignatureDoesNotMatch");
        }
    }

    private ObsClient client(Style style) {
        return new ObsClient(simulator.accessKey(), simulator.secretKey(), settings(style));
    }

    private ObsConfiguration settings(Style style) {
        return settings(style, store.endpoint().getPort());
    }

    /** Returns settings for a server on this machine. The name of the host is resolved without a name server. */
    static ObsConfiguration settings(Style style, int port) {
        ObsConfiguration settings = new ObsConfiguration();
        settings.setEndPoint(style == Style.PATH ? "127.0.0.1" : "obs.cn-north-4.myhuaweicloud.com");
        settings.setPathStyle(style == Style.PATH);
        settings.setCustomizedDnsImpl(host -> List.of(InetAddress.getLoopbackAddress()));
        settings.setHttpsOnly(false);
        settings.setEndpointHttpPort(port);
        settings.setMaxErrorRetry(0);
        return settings;
    }

    private static String start(ObsClient client, String key) {
        return client.initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, key))
                .getUploadId();
    }

    private static PartEtag part(ObsClient client, String id, int number, byte[] content) {
        UploadPartRequest request = new UploadPartRequest(BUCKET, KEY);
        request.setUploadId(id);
        request.setPartNumber(number);
        request.setPartSize((long) content.length);
        request.setInput(new ByteArrayInputStream(content));
        UploadPartResult result = client.uploadPart(request);
        return new PartEtag(result.getEtag(), result.getPartNumber());
    }

    private static ObsException failure(ThrowingCallable call) {
        return catchThrowableOfType(ObsException.class, call);
    }

    private static byte[] get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }
}
