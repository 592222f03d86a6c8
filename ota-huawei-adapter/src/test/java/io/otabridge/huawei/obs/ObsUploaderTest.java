package io.otabridge.huawei.obs;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.BackendClient;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.huawei.HuaweiFixture;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to the object store, and how often they are sent. */
class ObsUploaderTest {

    private static final int PART = 100_000;
    private static final String KEY = "ota/p1/mcu/2.0.0/app.bin";

    private final ObsServer server = new ObsServer();
    private final byte[] bytes = new byte[3 * PART + 5];
    private int retries;
    private String secret = HuaweiFixture.SECRET_KEY;

    ObsUploaderTest() {
        new Random(1).nextBytes(bytes);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void stores_a_small_file_with_its_digest_in_two_requests() throws IOException {
        Artifact file = file(100);

        assertThat(upload(file)).isEqualTo(Either.right(Option.some(100L)));

        assertThat(server.received()).containsExactly("HEAD", "PUT");
        assertThat(server.objects().get(KEY).bytes()).isEqualTo(bytes(100));
        assertThat(server.objects().get(KEY).sha256()).isEqualTo(file.sha256().value());
    }

    @Test
    void sends_no_bytes_if_the_object_exists() throws IOException {
        upload(file(100)).get();
        server.received();
        java.util.List<String> progress = new ArrayList<>();

        assertThat(uploader().upload(bucket(), KEY, file(100), (name, sent, total) -> progress.add(sent + "/" + total)))
                .isEqualTo(Either.right(Option.none()));

        assertThat(server.received()).containsExactly("HEAD");
        assertThat(progress).containsExactly("100/100");
    }

    @ParameterizedTest
    @CsvSource({"99, true", "100, false"})
    void replaces_an_object_of_another_size_or_without_digest(int length, boolean hasDigest) throws IOException {
        server.store(KEY, bytes(length), hasDigest ? file(100).sha256().value() : null);

        assertThat(upload(file(100)).get()).contains(100L);

        assertThat(server.received()).containsExactly("HEAD", "PUT");
    }

    @Test
    void stores_a_large_file_in_parts() throws IOException {
        java.util.List<Long> progress = new ArrayList<>();

        assertThat(uploader()
                        .upload(bucket(), KEY, file(bytes.length), (name, sent, total) -> progress.add(sent))
                        .get())
                .contains((long) bytes.length);

        assertThat(server.received())
                .containsExactly(
                        "HEAD",
                        "LIST-UPLOADS",
                        "INITIATE",
                        "LIST-PARTS",
                        "PART-1",
                        "PART-2",
                        "PART-3",
                        "PART-4",
                        "COMPLETE");
        assertThat(server.objects().get(KEY).bytes()).isEqualTo(bytes);
        assertThat(server.objects().get(KEY).sha256())
                .isEqualTo(file(bytes.length).sha256().value());
        assertThat(progress).isSorted().last().isEqualTo((long) bytes.length);
    }

    @Test
    void continues_an_interrupted_upload_with_the_missing_parts() throws IOException {
        server.pageSize(1);
        server.fail("PART-3", 403, "AccessDenied");
        OtaFailure failure = upload(file(bytes.length)).getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.advice()).contains("publish the file again within 7 days", "upload-1");
        server.received();

        assertThat(upload(file(bytes.length)).get()).contains(PART + 5L);

        assertThat(server.received())
                .containsExactly("HEAD", "LIST-UPLOADS", "LIST-PARTS", "LIST-PARTS", "PART-3", "PART-4", "COMPLETE");
        assertThat(server.objects().get(KEY).bytes()).isEqualTo(bytes);
    }

    @Test
    void sends_a_part_again_whose_digest_or_size_differs() throws IOException {
        server.startUpload("other", KEY, HuaweiFixture.NOW.minusSeconds(60));
        server.storePart("other", 1, bytes(PART));
        server.storePart("other", 2, bytes(PART));
        server.storePart("other", 4, bytes(4));

        upload(file(bytes.length)).get();

        assertThat(server.received())
                .containsExactly("HEAD", "LIST-UPLOADS", "LIST-PARTS", "PART-2", "PART-3", "PART-4", "COMPLETE");
        assertThat(server.objects().get(KEY).bytes()).isEqualTo(bytes);
    }

    @Test
    void does_not_continue_an_upload_that_is_old_or_of_another_object() throws IOException {
        server.startUpload("old", KEY, HuaweiFixture.NOW.minus(Duration.ofDays(7)));
        server.startUpload("other", KEY + ".sig", HuaweiFixture.NOW);

        upload(file(bytes.length)).get();

        assertThat(server.received()).contains("INITIATE");
        assertThat(server.uploadIds()).containsExactly("old", "other");
    }

    @Test
    void starts_over_if_another_machine_aborted_the_upload() throws IOException {
        server.startUpload("gone", KEY, HuaweiFixture.NOW);
        server.fail("LIST-PARTS", 404, "NoSuchUpload");

        assertThat(upload(file(bytes.length)).isRight()).isTrue();

        assertThat(server.received()).startsWith("HEAD", "LIST-UPLOADS", "LIST-PARTS", "INITIATE");
    }

    @Test
    void finds_out_whether_a_lost_completion_succeeded() throws IOException {
        server.lose("COMPLETE");

        assertThat(upload(file(bytes.length)).get()).contains((long) bytes.length);

        assertThat(server.received())
                .endsWith("COMPLETE", "HEAD")
                .filteredOn("COMPLETE"::equals)
                .hasSize(1);
    }

    @Test
    void reports_an_error_in_a_successful_completion() throws IOException {
        server.fail("COMPLETE", 200, "InternalError");

        OtaFailure failure = upload(file(bytes.length)).getLeft();

        assertThat(failure.vendorCode()).contains("InternalError");
        assertThat(server.received()).endsWith("COMPLETE", "HEAD");
    }

    @Test
    void refuses_a_file_that_changes_between_reading_and_sending() throws IOException {
        byte[] source = bytes(bytes.length);
        Artifact file = Artifact.of("app.bin", source.length, () -> new ByteArrayInputStream(source));
        source[0]++;

        OtaFailure failure = upload(file).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("app.bin", "changed");
        assertThat(server.received()).containsExactly("HEAD");
        assertThat(server.objects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, BadDigest, Rejected, 2",
        "403, AccessDenied, AccessDenied, 2",
        "403, SignatureDoesNotMatch, AccessDenied, 2",
        "404, NoSuchBucket, NotFound, 2",
        "400, EntityTooLarge, Rejected, 2",
        "503, SlowDown, RateLimited, 2",
        "500, InternalError, Unavailable, 2"
    })
    void maps_an_error_of_the_store(int status, String code, String kind, int requests) throws IOException {
        server.fail("PUT", status, code);

        OtaFailure failure = upload(file(100)).getLeft();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.vendorCode()).contains(code);
        assertThat(failure.requestId()).contains("r1");
        assertThat(server.received()).hasSize(requests);
    }

    @Test
    void retries_an_upload_whose_connection_was_cut() throws IOException {
        retries = 2;
        server.cut("PUT");

        assertThat(upload(file(100)).get()).contains(100L);

        assertThat(server.received()).containsExactly("HEAD", "PUT", "PUT");
    }

    @Test
    void adopts_the_time_of_the_store_and_retries_once() throws IOException {
        server.clock(Clock.systemUTC());

        assertThat(client().uploads(bucket(), "").get()).isEmpty();

        assertThat(server.received()).containsExactly("LIST-UPLOADS", "LIST-UPLOADS");
    }

    @Test
    void refuses_a_wrong_secret() throws IOException {
        secret = "wrong";

        OtaFailure failure = client().uploads(bucket(), "").getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.vendorCode()).contains("SignatureDoesNotMatch");
        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "固件/中文.bin",
                "a b+c%20d.bin",
                "100%",
                "a/../b",
                "a/./b",
                "../../etc/passwd",
                "a//b",
                "/leading",
                "trailing/",
                "a?b=c&d#e",
                "~!@$&'()*,;:=",
                "\"<>\\^`{|}"
            })
    void signs_what_it_sends_for_any_key(String key) throws IOException {
        assertRoundTrip(key);
    }

    @Test
    void signs_what_it_sends_for_the_longest_key() throws IOException {
        assertRoundTrip("固".repeat(341) + "k");
    }

    private void assertRoundTrip(String key) throws IOException {
        assertThat(uploader()
                        .upload(bucket(), key, file(100), TransferListener.NONE)
                        .get())
                .contains(100L);
        assertThat(server.objects()).containsOnlyKeys(key);
        assertThat(client().head(bucket(), key).get().get().size()).contains(100L);
        assertThat(client().digest(bucket(), key).get().sha256())
                .contains(file(100).sha256());
        assertThat(client().delete(bucket(), key).get()).isEqualTo(DeleteResult.DELETED);
        assertThat(server.objects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"157286400, 16777216", "167772160000, 16777216", "167772160001, 17825792", "1099511627776, 110100480"})
    void makes_parts_so_large_that_10000_suffice(long length, long expected) {
        assertThat(PartPlan.partSize(length, 16L << 20)).isEqualTo(expected);
        assertThat((length + expected - 1) / expected).isLessThanOrEqualTo(10_000);
    }

    private Either<OtaFailure, Option<Long>> upload(Artifact file) {
        return uploader().upload(bucket(), KEY, file, TransferListener.NONE);
    }

    private ObsUploader uploader() {
        return new ObsUploader(client(), PART, PART);
    }

    private ObsBucket bucket() {
        return ObsBucket.of(endpoint(), ObsServer.REGION, ObsServer.BUCKET);
    }

    private Endpoint endpoint() {
        return Endpoint.parse(server.endpoint(), false).get();
    }

    private ObsClient client() {
        ConnectionSettings connection = ConnectionSettings.read(
                        SettingsReader.of("", Map.of("endpoint", server.endpoint(), "retries", retries)))
                .get();
        HttpTransport transport = HttpTransport.of(HuaweiFixture.context());
        BackendClient client = new BackendClient(
                "prod",
                Vendor.of("huawei"),
                transport.redactor(List.of(secret)),
                HuaweiFixture.context(),
                connection.callOptions(),
                Option.none());
        AccessKey key = new AccessKey(HuaweiFixture.ACCESS_KEY, Secret.of(secret), Option.none());
        return new ObsClient(client, transport, connection, () -> key, ObsForm.OBS);
    }

    private Artifact file(int length) throws IOException {
        return Artifact.of("app.bin", length, () -> new ByteArrayInputStream(bytes(length)));
    }

    private byte[] bytes(int length) {
        return java.util.Arrays.copyOf(bytes, length);
    }
}
