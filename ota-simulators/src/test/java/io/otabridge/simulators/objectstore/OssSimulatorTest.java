package io.otabridge.simulators.objectstore;

import static io.otabridge.simulators.objectstore.StoreClient.fields;
import static io.otabridge.simulators.objectstore.StoreClient.get;
import static io.otabridge.simulators.objectstore.StoreClient.post;
import static io.otabridge.simulators.objectstore.StoreClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.simulators.server.SettableClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Form uploads and downloads by link. */
class OssSimulatorTest {

    private static final byte[] FILE = "a file\r\n--=\r\n--=ab".getBytes(UTF_8);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final OssSimulator store = OssSimulator.start(clock);

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void serves_what_was_uploaded() throws Exception {
        byte[] file = new byte[300_000];
        new Random(1).nextBytes(file);
        OssSimulator.UploadForm form = store.issueForm("bin");

        HttpResponse<byte[]> uploaded = post(store.endpoint(), fields(form), file, "");
        HttpResponse<byte[]> downloaded = get(store.link(form.key()));

        assertThat(uploaded.statusCode()).isEqualTo(200);
        assertThat(downloaded.statusCode()).isEqualTo(200);
        assertThat(downloaded.body()).isEqualTo(file);
        assertThat(downloaded.headers().firstValue("content-type")).contains("text/x-test");
        assertThat(downloaded.headers().firstValue("etag"))
                .isEqualTo(uploaded.headers().firstValue("etag"))
                .hasValueSatisfying(tag -> assertThat(tag).matches("\"[0-9A-F]{32}\""));
    }

    @Test
    void keeps_bytes_that_resemble_the_boundary() throws Exception {
        OssSimulator.UploadForm form = store.issueForm("bin");

        post(store.endpoint(), fields(form), FILE, "");

        assertThat(Files.readAllBytes(store.find(form.key()).get().file())).isEqualTo(FILE);
    }

    @Test
    void every_form_has_another_key() {
        assertThat(store.issueForm("bin").key())
                .isNotEqualTo(store.issueForm("bin").key());
        assertThat(store.issueForm("tar.gz").key()).matches("ota/[0-9a-f]{32}/[0-9a-f]{20}\\.tar\\.gz");
    }

    @ParameterizedTest
    @CsvSource({
        "key,            ota/other.bin, 403, AccessDenied",
        "key,            '',            400, InvalidArgument",
        "policy,         e30=,          403, SignatureDoesNotMatch",
        "OSSAccessKeyId, LTAIother,     403, InvalidAccessKeyId",
        "signature,      AAAA,          403, SignatureDoesNotMatch"
    })
    void refuses_a_form_with_a_changed_field(String field, String value, int status, String code) throws Exception {
        Map<String, String> fields = fields(store.issueForm("bin"));
        fields.put(field, value);

        assertRefused(post(store.endpoint(), fields, FILE, ""), status, code);
    }

    @Test
    void refuses_a_form_after_its_minute() throws Exception {
        OssSimulator.UploadForm form = store.issueForm("bin");
        clock.advance(Duration.ofSeconds(60));

        HttpResponse<byte[]> response = post(store.endpoint(), fields(form), FILE, "");

        assertRefused(response, 403, "AccessDenied");
        assertThat(text(response)).contains("Policy expired");
    }

    @Test
    void refuses_a_file_above_the_limit_of_the_policy() throws Exception {
        store.limitUploads(FILE.length - 1);

        assertRefused(post(store.endpoint(), fields(store.issueForm("bin")), FILE, ""), 400, "EntityTooLarge");
    }

    @Test
    void refuses_fields_after_the_file() throws Exception {
        String field = "--=b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n";

        assertRefused(post(store.endpoint(), fields(store.issueForm("bin")), FILE, field), 400, "MalformedPOSTRequest");
    }

    @Test
    void refuses_a_link_after_a_day() throws Exception {
        store.put("ota/a.bin", FILE);
        String link = store.link("ota/a.bin");
        clock.advance(Duration.ofHours(24));

        assertThat(get(link).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        HttpResponse<byte[]> response = get(link);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(text(response)).contains("<Code>AccessDenied</Code>", "Request has expired");
    }

    @Test
    void refuses_a_link_to_another_object() throws Exception {
        store.put("ota/a.bin", FILE);
        store.put("ota/b.bin", FILE);

        assertThat(text(get(store.link("ota/a.bin").replace("a.bin", "b.bin")))).contains("SignatureDoesNotMatch");
        assertThat(text(get(store.url("ota/a.bin")))).contains("AccessDenied");
    }

    @Test
    void a_link_to_a_missing_object_is_not_found() throws Exception {
        HttpResponse<byte[]> response = get(store.link("ota/none.bin"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(text(response)).contains("<Code>NoSuchKey</Code>", "<RequestId>");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3,     206, bytes 0-3/18",
        "bytes=4-,      206, bytes 4-17/18",
        "bytes=-4,      206, bytes 14-17/18",
        "bytes=10-9999, 206, bytes 10-17/18",
        "bytes=18-,     416, ''",
        "lines=1-,      200, ''"
    })
    void serves_ranges(String range, int status, String contentRange) throws Exception {
        store.put("a b/固件.bin", FILE);

        HttpResponse<byte[]> response = get(store.link("a b/固件.bin"), "Range", range);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-range").orElse("")).isEqualTo(contentRange);
    }

    @Test
    void notices_a_replaced_object_by_its_entity_tag() throws Exception {
        store.put("ota/a.bin", FILE);
        String tag = get(store.link("ota/a.bin")).headers().firstValue("etag").orElseThrow();

        assertThat(get(store.link("ota/a.bin"), "If-Match", tag).statusCode()).isEqualTo(200);
        store.put("ota/a.bin", new byte[] {1});

        assertThat(get(store.link("ota/a.bin"), "If-Match", tag).statusCode()).isEqualTo(412);
    }

    @Test
    void fails_as_requested_and_only_once() throws Exception {
        store.put("ota/a.bin", FILE);
        store.expireNextLink();
        store.expireNextForm();

        assertThat(text(get(store.link("ota/a.bin")))).contains("Request has expired");
        assertThat(get(store.link("ota/a.bin")).statusCode()).isEqualTo(200);
        assertThat(text(post(store.endpoint(), fields(store.issueForm("bin")), FILE, "")))
                .contains("Policy expired");
        assertThat(post(store.endpoint(), fields(store.issueForm("bin")), FILE, "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void cuts_a_download_after_some_bytes() throws Exception {
        store.put("ota/a.bin", FILE);
        store.cutNextDownload(5);

        assertThatThrownBy(() -> get(store.link("ota/a.bin"))).isInstanceOf(IOException.class);
        assertThat(get(store.link("ota/a.bin")).body()).isEqualTo(FILE);
    }

    @Test
    void keeps_nothing_of_an_upload_that_was_cut() throws Exception {
        store.cutNextUpload(700);

        assertThatThrownBy(() -> post(store.endpoint(), fields(store.issueForm("bin")), new byte[9000], ""))
                .isInstanceOf(IOException.class);
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void stores_an_upload_whose_response_is_lost() throws Exception {
        OssSimulator.UploadForm form = store.issueForm("bin");
        store.loseNextResponse();

        assertThatThrownBy(() -> post(store.endpoint(), fields(form), FILE, "")).isInstanceOf(IOException.class);
        assertThat(store.keys()).containsExactly(form.key());
    }

    @Test
    void deletes_its_folder_when_it_is_closed() {
        store.put("ota/a.bin", FILE);
        Path folder = store.find("ota/a.bin").get().file().getParent();
        assertThat(folder).isDirectory();

        store.close();

        assertThat(folder).doesNotExist();
    }

    private void assertRefused(HttpResponse<byte[]> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(text(response)).contains("<Code>" + code + "</Code>");
        assertThat(store.keys()).isEmpty();
    }
}
