package io.otabridge.simulators.objectstore;

import static io.otabridge.simulators.objectstore.StoreClient.get;
import static io.otabridge.simulators.objectstore.StoreClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.PercentEncoding;
import io.otabridge.simulators.server.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects and multipart uploads. */
class ObsSimulatorTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final ObsCredentials CREDENTIALS = new ObsCredentials("AKTEST", "secret", "token");
    private static final String KEY = "/ota-firmware/ota/a%20b.bin";
    private static final byte[] FILE = "content of the file".getBytes(UTF_8);
    private static final byte[] PART = new byte[100 * 1024];

    private final SettableClock clock = new SettableClock(NOW);
    private final ObsSimulator store = ObsSimulator.start(0, CREDENTIALS, "cn-north-4", clock);

    ObsSimulatorTest() {
        new Random(1).nextBytes(PART);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void serves_what_was_put() throws Exception {
        String md5 = Base64.getEncoder().encodeToString(Digests.newDigest("MD5").digest(FILE));
        HttpResponse<byte[]> put = client().header("content-md5", md5)
                .header("x-obs-meta-sha256", Digests.sha256Hex(FILE))
                .send("PUT", uri(KEY), FILE);

        HttpResponse<byte[]> head = client().send("HEAD", uri(KEY), new byte[0]);
        HttpResponse<byte[]> got = client().header("range", "bytes=8-9").send("GET", uri(KEY), new byte[0]);

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-length")).contains("19");
        assertThat(head.headers().firstValue("x-obs-meta-sha256")).contains(Digests.sha256Hex(FILE));
        assertThat(head.headers().firstValue("x-obs-request-id")).isPresent();
        assertThat(head.headers().firstValue("etag"))
                .contains('"' + Digests.hex(Base64.getDecoder().decode(md5)) + '"');
        assertThat(got.statusCode()).isEqualTo(206);
        assertThat(text(got)).isEqualTo("of");
        assertThat(store.keys("ota-firmware")).containsExactly("ota/a b.bin");
    }

    @ParameterizedTest
    @CsvSource({"AAAAAAAAAAAAAAAAAAAAAA==, BadDigest", "AAAA, InvalidDigest", "no base64, InvalidDigest"})
    void refuses_content_with_another_md5(String md5, String code) throws Exception {
        HttpResponse<byte[]> response = client().header("content-md5", md5).send("PUT", uri(KEY), FILE);

        assertError(response, 400, code);
        assertThat(store.keys("ota-firmware")).isEmpty();
    }

    @Test
    void refuses_what_is_not_authentic() throws Exception {
        assertError(client().secretKey("secreT").send("PUT", uri(KEY), FILE), 403, "SignatureDoesNotMatch");
        assertError(get(uri(KEY).toString()), 403, "AccessDenied");
        assertError(
                new StoreClient(new ObsCredentials("AKOTHER", "secret", ""), NOW).send("GET", uri(KEY), new byte[0]),
                403,
                "InvalidAccessKeyId");
        assertThat(store.keys("ota-firmware")).isEmpty();
    }

    @Test
    void refuses_a_date_that_differs_by_more_than_15_minutes() throws Exception {
        for (Duration skew : new Duration[] {Duration.ofMinutes(15), Duration.ofMinutes(-15)}) {
            assertThat(client().date(NOW.plus(skew)).send("PUT", uri(KEY), FILE).statusCode())
                    .isEqualTo(200);
            assertError(
                    client().date(NOW.plus(skew.multipliedBy(61).dividedBy(60))).send("GET", uri(KEY), new byte[0]),
                    403,
                    "RequestTimeTooSkewed");
        }
    }

    @Test
    void requires_the_token_of_temporary_keys() throws Exception {
        assertError(
                client().header("x-obs-security-token", "token").send("PUT", uri(KEY), FILE), 403, "InvalidSecurity");
        store.requireSecurityToken(true);

        assertError(client().send("PUT", uri(KEY), FILE), 403, "InvalidSecurity");
        assertThat(client().header("x-obs-security-token", "token")
                        .send("PUT", uri(KEY), FILE)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void accepts_a_presigned_link_until_it_expires() throws Exception {
        store.put("ota-firmware", "ota/a b.bin", FILE);
        long expires = NOW.getEpochSecond() + 10;
        String signature = Base64.getEncoder()
                .encodeToString(Digests.hmacSha1(
                        "secret".getBytes(UTF_8), ("GET\n\n\n" + expires + "\n" + KEY).getBytes(UTF_8)));
        String link =
                uri(KEY) + "?AccessKeyId=AKTEST&Expires=" + expires + "&Signature=" + PercentEncoding.encode(signature);

        assertThat(get(link).body()).isEqualTo(FILE);
        clock.advance(Duration.ofSeconds(11));
        assertError(get(link), 403, "AccessDenied");
    }

    @Test
    void knows_the_bucket_by_host() throws Exception {
        store.put("other.bucket", "k", FILE);
        store.addBucket("other.bucket", "ap-southeast-1");
        ObsAddress byHost = ObsAddress.of(new io.otabridge.simulators.server.ReceivedRequest(
                "GET",
                "/k",
                "",
                java.util.Map.of("Host", "other.bucket.obs.ap-southeast-1.myhuaweicloud.com:80"),
                new byte[0]));

        assertThat(byHost).isEqualTo(new ObsAddress("other.bucket", "k", "/other.bucket/k"));
        assertThat(text(client().send("GET", uri("/other.bucket/?location"), new byte[0])))
                .contains("<Location>ap-southeast-1</Location>");
    }

    @Test
    void distinguishes_missing_buckets_and_objects() throws Exception {
        assertError(client().send("GET", uri(KEY), new byte[0]), 404, "NoSuchKey");
        assertError(client().send("GET", uri("/none/k"), new byte[0]), 404, "NoSuchBucket");
        assertThat(client().send("HEAD", uri("/none/"), new byte[0]).statusCode())
                .isEqualTo(404);
        assertThat(client().send("HEAD", uri("/ota-firmware/"), new byte[0]).statusCode())
                .isEqualTo(200);
        assertThat(client().send("DELETE", uri(KEY), new byte[0]).statusCode()).isEqualTo(204);
        store.permit(false);
        assertError(client().send("PUT", uri(KEY), FILE), 403, "AccessDenied");
    }

    @Test
    void joins_the_parts_of_an_upload() throws Exception {
        String id = startUpload();
        putPart(id, 2, FILE);
        String first = putPart(id, 1, PART);
        String second = putPart(id, 2, FILE);

        HttpResponse<byte[]> completed = complete(id, parts(1, first) + parts(2, second));

        assertThat(completed.statusCode()).isEqualTo(200);
        StoredObject object = store.find("ota-firmware", "ota/a b.bin").get();
        assertThat(Files.readAllBytes(object.file())).startsWith(PART).endsWith(FILE);
        assertThat(object.size()).isEqualTo(PART.length + FILE.length);
        assertThat(object.eTag()).endsWith("-2");
        assertThat(store.unfinishedUploads("ota-firmware")).isEmpty();
        assertError(complete(id, parts(1, first)), 404, "NoSuchUpload");
    }

    @Test
    void lists_uploads_and_parts_page_by_page() throws Exception {
        String id = startUpload();
        client().send("POST", uri("/ota-firmware/ota/z.bin?uploads"), new byte[0]);
        client().send("POST", uri("/ota-firmware/other?uploads"), new byte[0]);
        putPart(id, 1, PART);
        putPart(id, 7, FILE);

        String uploads =
                text(client().send("GET", uri("/ota-firmware/?uploads&max-uploads=1&prefix=ota/"), new byte[0]));
        String nextUploads = text(client().send(
                        "GET",
                        uri("/ota-firmware/?uploads&key-marker=ota/a%20b.bin&upload-id-marker=" + id + "&prefix=ota/"),
                        new byte[0]));
        String firstPart = text(client().send("GET", uri(KEY + "?uploadId=" + id + "&max-parts=1"), new byte[0]));
        String secondPart =
                text(client().send("GET", uri(KEY + "?uploadId=" + id + "&part-number-marker=1"), new byte[0]));

        assertThat(uploads)
                .contains("<IsTruncated>true<", "<NextKeyMarker>ota/a b.bin<", "<UploadId>" + id + "<")
                .doesNotContain("<Key>ota/z.bin<");
        assertThat(nextUploads)
                .contains("<IsTruncated>false<", "<Key>ota/z.bin<")
                .doesNotContain("other");
        assertThat(firstPart).contains("<PartNumber>1<", "<Size>102400<", "<NextPartNumberMarker>1<", ">true<");
        assertThat(secondPart).contains("<PartNumber>7<", "<Size>19<", "<IsTruncated>false<");
    }

    @Test
    void refuses_an_invalid_list_of_parts() throws Exception {
        String id = startUpload();
        String small = putPart(id, 1, FILE);
        String second = putPart(id, 2, PART);

        assertError(complete(id, parts(2, second) + parts(1, small)), 400, "InvalidPartOrder");
        assertError(complete(id, parts(1, second)), 400, "InvalidPart");
        assertError(complete(id, parts(3, second)), 400, "InvalidPart");
        assertError(complete(id, parts(1, small) + parts(2, second)), 400, "EntityTooSmall");
        assertError(complete(id, "<"), 400, "MalformedXML");
        assertThat(complete(id, parts(2, second)).statusCode()).isEqualTo(200);
    }

    @Test
    void forgets_an_aborted_upload() throws Exception {
        String id = startUpload();
        putPart(id, 1, FILE);

        assertThat(client().send("DELETE", uri(KEY + "?uploadId=" + id), new byte[0])
                        .statusCode())
                .isEqualTo(204);
        assertThat(store.unfinishedUploads("ota-firmware")).isEmpty();
        assertError(client().send("PUT", uri(KEY + "?partNumber=1&uploadId=" + id), FILE), 404, "NoSuchUpload");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 503})
    void fails_once_as_requested(int status) throws Exception {
        store.refuseNext(call -> call.method().equals("PUT"), status, "Requested");

        assertThat(client().send("HEAD", uri("/ota-firmware/"), new byte[0]).statusCode())
                .isEqualTo(200);
        assertError(client().send("PUT", uri(KEY), FILE), status, "Requested");
        assertThat(client().send("PUT", uri(KEY), FILE).statusCode()).isEqualTo(200);
    }

    @Test
    void keeps_nothing_of_an_upload_that_was_cut() {
        store.cutNextUpload(10);

        assertThatThrownBy(() -> client().send("PUT", uri(KEY), FILE)).isInstanceOf(IOException.class);
        assertThat(store.keys("ota-firmware")).isEmpty();
        assertThat(store.receivedBytes()).isEqualTo(10);
    }

    @Test
    void a_stalled_download_ends_when_the_store_is_closed() {
        store.put("ota-firmware", "ota/a b.bin", FILE);
        store.stallNextDownload(3);
        store.beforeNext(call -> true, () -> new Thread(store::close).start());

        assertThatThrownBy(() -> client().send("GET", uri(KEY), new byte[0])).isInstanceOf(IOException.class);
    }

    private String startUpload() throws Exception {
        Matcher id = Pattern.compile("<UploadId>(.*)</UploadId>")
                .matcher(text(client().send("POST", uri(KEY + "?uploads"), new byte[0])));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private String putPart(String id, int number, byte[] content) throws Exception {
        return client().send("PUT", uri(KEY + "?partNumber=" + number + "&uploadId=" + id), content)
                .headers()
                .firstValue("etag")
                .orElseThrow();
    }

    private HttpResponse<byte[]> complete(String id, String parts) throws Exception {
        String xml = "<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>";
        return client().send("POST", uri(KEY + "?uploadId=" + id), xml.getBytes(UTF_8));
    }

    private static String parts(int number, String eTag) {
        return "<Part><PartNumber>" + number + "</PartNumber><ETag>" + eTag + "</ETag></Part>";
    }

    private StoreClient client() {
        return new StoreClient(CREDENTIALS, NOW);
    }

    private URI uri(String path) {
        return URI.create(store.endpoint() + path);
    }

    private static void assertError(HttpResponse<byte[]> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(text(response)).contains("<Code>" + code + "</Code>", "<Message>", "<RequestId>");
    }
}
