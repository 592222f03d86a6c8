package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.DownloadResult.DigestCheck;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareDeletion.StoredFile;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.huawei.obs.ObsServer;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Downloads and deletions of stored files, and unfinished uploads, with the requests that they send. */
class HuaweiStoredFileTest {

    private static final String PACKAGES = "/v5/iot/" + HuaweiFixture.PROJECT_ID + "/ota-upgrades/packages";
    private static final String KEY = "ota/固件 v2.bin";
    private static final FirmwareId ID = FirmwareId.of("p1");

    @RegisterExtension
    static final WireMockExtension IOTDA = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @TempDir
    private Path folder;

    private final ObsServer obs = new ObsServer();
    private final byte[] bytes = new byte[100_000];
    private final Map<String, Object> settings = HuaweiFixture.settings(IOTDA.baseUrl());
    private final Map<String, Object> obsSettings =
            new HashMap<>(Map.of("bucket", ObsServer.BUCKET, "region", ObsServer.REGION, "endpoint", obs.endpoint()));

    @BeforeEach
    void store() {
        new Random(1).nextBytes(bytes);
        settings.put("obs", obsSettings);
        obs.store(KEY, bytes, ObsServer.sha256Hex(bytes));
        givenPackages(packageJson("p1", KEY, ObsServer.sha256Hex(bytes)));
        IOTDA.stubFor(delete(urlEqualTo(PACKAGES + "/p1")).willReturn(noContent()));
    }

    @AfterEach
    void stop() {
        obs.close();
    }

    @Test
    void downloads_a_file_with_the_keys_of_the_account() throws IOException {
        DownloadResult result = download().get();

        assertThat(Files.readAllBytes(target())).isEqualTo(bytes);
        assertThat(result.check()).isEqualTo(DigestCheck.VERIFIED);
        assertThat(result.size()).isEqualTo(bytes.length);
        assertThat(obs.received()).containsExactly("GET");
        assertThat(IOTDA.getAllServeEvents()).hasSize(1);
    }

    @Test
    void downloads_from_the_region_of_the_endpoint_if_the_package_has_none() {
        obsSettings.remove("region");
        obsSettings.remove("bucket");
        settings.put("region", ObsServer.REGION);
        givenPackages(
                packageJson("p1", KEY, ObsServer.sha256Hex(bytes)).replace("\"region_name\":\"cn-north-4\",", ""));

        assertThat(download().isRight()).isTrue();
    }

    @Test
    void needs_a_region_to_download() {
        obsSettings.remove("region");
        obsSettings.remove("bucket");
        givenPackages(
                packageJson("p1", KEY, ObsServer.sha256Hex(bytes)).replace("\"region_name\":\"cn-north-4\",", ""));

        assertThat(download().getLeft().advice()).contains("Set obs.region");
        assertThat(obs.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"cn-north-4, evil.example/x", "evil.example#, fw-bucket", "a/b, fw-bucket"})
    void sends_nothing_to_a_host_that_a_package_invents(String region, String bucket) {
        givenPackages(packageJson("p1", KEY, ObsServer.sha256Hex(bytes))
                .replace("cn-north-4", region)
                .replace("fw-bucket", bucket));

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(obs.received()).isEmpty();
    }

    @Test
    void continues_after_a_cut_connection() throws IOException {
        obs.cutAfter(40_000);

        assertThat(download().isRight()).isTrue();

        assertThat(Files.readAllBytes(target())).isEqualTo(bytes);
        assertThat(obs.received()).containsExactly("GET", "GET");
    }

    @Test
    void refuses_bytes_with_another_digest() {
        givenPackages(packageJson("p1", KEY, ObsServer.sha256Hex(new byte[1])));

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.DigestMismatch.class);

        assertThat(target()).doesNotExist();
        assertThat(obs.received()).containsExactly("GET");
    }

    @ParameterizedTest
    @CsvSource({"true, ACCIDENTAL_CHANGES_ONLY", "false, NOT_VERIFIED"})
    void takes_the_digest_of_the_object_if_the_package_has_none(boolean hasMetadata, DigestCheck expected) {
        obs.store(KEY, bytes, hasMetadata ? ObsServer.sha256Hex(bytes) : null);
        givenPackages(packageJson("p1", KEY, ""));

        assertThat(download().get().check()).isEqualTo(expected);

        assertThat(obs.received()).containsExactly("HEAD", "GET");
    }

    @Test
    void requires_a_digest_on_request() {
        obs.store(KEY, bytes, null);
        givenPackages(packageJson("p1", KEY, ""));

        assertThat(backend()
                        .firmware()
                        .download(ID, Download.to(target()).requireDigest())
                        .getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(obs.received()).containsExactly("HEAD");
    }

    @Test
    void compares_with_the_digest_of_the_builder() {
        Download download =
                Download.to(target()).expect(Checksum.of(Checksum.SHA256, ObsServer.sha256Hex(new byte[2])));

        assertThat(backend().firmware().download(ID, download).getLeft()).isInstanceOf(OtaFailure.DigestMismatch.class);
    }

    @Test
    void reports_a_missing_object_or_file_as_not_found() {
        obs.remove(KEY);
        assertThat(download().getLeft()).isInstanceOf(OtaFailure.NotFound.class);

        assertThat(backend()
                        .firmware()
                        .download(ID, Download.to(target()).file("other.bin"))
                        .getLeft())
                .isInstanceOf(OtaFailure.NotFound.class);
        givenPackages("{\"package_id\":\"p1\",\"version\":\"2.0\"}");
        assertThat(download().getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    @Test
    void reports_a_denied_download_once() {
        obs.fail("GET", 403, "AccessDenied");

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(obs.received()).containsExactly("GET");
    }

    @Test
    void cannot_download_with_a_token() {
        settings.put("credentials", Map.of("token", "t0ken"));

        assertThat(download().getLeft())
                .isInstanceOfSatisfying(
                        OtaFailure.Unsupported.class,
                        failure -> assertThat(failure.capability()).isEqualTo(Capability.DOWNLOAD_FIRMWARE));
        assertThat(IOTDA.getAllServeEvents()).isEmpty();
    }

    @Test
    void deletes_a_package_and_its_unused_object() {
        FirmwareDeletion deletion = commands().deleteWithFile(ID).get();

        assertThat(deletion).isEqualTo(new FirmwareDeletion(DeleteResult.DELETED, StoredFile.DELETED, Option.none()));
        assertThat(obs.objects()).isEmpty();
        assertThat(obs.received()).containsExactly("HEAD", "DELETE");
    }

    @Test
    void keeps_an_object_that_a_package_of_another_type_uses() {
        String other = packageJson("p2", KEY, "").replace("modulePackage", "softwarePackage");
        givenPackages(packageJson("p1", KEY, ""), other);

        FirmwareDeletion deletion = commands().deleteWithFile(ID).get();

        assertThat(deletion.file()).isEqualTo(StoredFile.IN_USE);
        assertThat(obs.objects()).containsKey(KEY);
        assertThat(obs.received()).isEmpty();
    }

    @Test
    void deletes_an_object_if_other_packages_use_other_objects() {
        givenPackages(packageJson("p1", KEY, ""), packageJson("p2", KEY + "2", ""));

        assertThat(commands().deleteWithFile(ID).get().file()).isEqualTo(StoredFile.DELETED);
    }

    @Test
    void keeps_the_object_if_a_package_cannot_be_read() {
        givenPackages(packageJson("p1", KEY, ""), packageJson("p2", KEY + "2", ""));
        IOTDA.stubFor(get(urlEqualTo(PACKAGES + "/p2"))
                .willReturn(jsonResponse("{\"error_code\":\"APIGW.0201\",\"error_msg\":\"m\"}", 500)));

        FirmwareDeletion deletion = commands().deleteWithFile(ID).get();

        assertThat(deletion.firmware()).isEqualTo(DeleteResult.DELETED);
        assertThat(deletion.file()).isEqualTo(StoredFile.FAILED);
        assertThat(deletion.fileFailure().get()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(obs.objects()).containsKey(KEY);
    }

    @Test
    void reports_why_the_object_was_not_deleted() {
        obs.fail("DELETE", 403, "AccessDenied");

        FirmwareDeletion deletion = commands().deleteWithFile(ID).get();

        assertThat(deletion.firmware()).isEqualTo(DeleteResult.DELETED);
        assertThat(deletion.fileFailure().get().operation()).isEqualTo("DeleteObject");
    }

    @Test
    void keeps_the_object_if_the_package_was_not_deleted() {
        IOTDA.stubFor(delete(urlEqualTo(PACKAGES + "/p1"))
                .willReturn(jsonResponse("{\"error_code\":\"APIGW.0302\",\"error_msg\":\"m\"}", 403)));

        assertThat(commands().deleteWithFile(ID).getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(obs.received()).isEmpty();
    }

    @Test
    void reports_an_object_or_a_package_that_does_not_exist() {
        obs.remove(KEY);
        assertThat(commands().deleteWithFile(ID).get().file()).isEqualTo(StoredFile.NOT_FOUND);
        assertThat(obs.received()).containsExactly("HEAD");

        IOTDA.stubFor(
                any(anyUrl()).willReturn(jsonResponse("{\"error_code\":\"IOTDA.019400\",\"error_msg\":\"m\"}", 404)));
        assertThat(commands().deleteWithFile(ID).get().firmware()).isEqualTo(DeleteResult.NOT_FOUND);
    }

    @Test
    void changes_nothing_in_a_dry_run() {
        FirmwareDeletion deletion = commands().dryRun().deleteWithFile(ID).get();

        assertThat(deletion.file()).isEqualTo(StoredFile.DELETED);
        assertThat(obs.objects()).containsKey(KEY);
        assertThat(IOTDA.getAllServeEvents())
                .allMatch(event -> event.getRequest().getMethod().getName().equals("GET"));
    }

    @ParameterizedTest
    @CsvSource({"fw-bucket, other/v2.bin", "other-bucket, ota/v2.bin"})
    void keeps_an_object_outside_its_bucket_and_prefix(String bucket, String key) {
        givenPackages(packageJson("p1", key, ObsServer.sha256Hex(bytes)).replace("fw-bucket", bucket));

        FirmwareDeletion deletion = commands().deleteWithFile(ID).get();

        assertThat(deletion.firmware()).isEqualTo(DeleteResult.DELETED);
        assertThat(deletion.file()).isEqualTo(StoredFile.FAILED);
        assertThat(deletion.fileFailure().get().summary()).contains(key, bucket, "is kept");
        assertThat(obs.received()).isEmpty();
    }

    @Test
    void packages_are_read_once_for_several_deletions() {
        String[] packages = List.range(1, 6)
                .map(i -> packageJson("p" + i, KEY + i, ObsServer.sha256Hex(bytes)))
                .toJavaArray(String[]::new);
        givenPackages(packages);
        FirmwareCommandPort commands = commands();

        for (int i = 1; i <= 3; i++) {
            obs.store(KEY + i, bytes, ObsServer.sha256Hex(bytes));
            IOTDA.stubFor(delete(urlEqualTo(PACKAGES + "/p" + i)).willReturn(noContent()));
            assertThat(commands.deleteWithFile(FirmwareId.of("p" + i)).get().file())
                    .isEqualTo(StoredFile.DELETED);
            givenPackages(Arrays.copyOfRange(packages, i, packages.length));
        }

        // Each package that is deleted is also read before.
        IOTDA.verify(4 + 3, getRequestedFor(urlPathMatching(PACKAGES + "/p.")));
    }

    @Test
    void lists_unfinished_uploads_below_the_prefix_oldest_first() {
        obs.startUpload("u1", "ota/p/a.bin", HuaweiFixture.NOW);
        obs.startUpload("u2", "ota/p/b.bin", HuaweiFixture.NOW.minus(Duration.ofDays(30)));
        obs.startUpload("u3", "other/c.bin", HuaweiFixture.NOW);
        obs.startUpload("u4", "ota-old/c.bin", HuaweiFixture.NOW);

        List<UnfinishedUpload> uploads = commands().unfinishedUploads().get();

        assertThat(uploads.map(UnfinishedUpload::id)).containsExactly("u2", "u1");
        assertThat(uploads.last())
                .isEqualTo(new UnfinishedUpload(
                        "u1",
                        new FileLocation.ObjectStore(
                                Option.some(ObsServer.REGION),
                                Option.some(ObsServer.BUCKET),
                                Option.some("ota/p/a.bin")),
                        Option.some(HuaweiFixture.NOW)));
        assertThat(obs.received()).containsExactly("LIST-UPLOADS");
    }

    @Test
    void aborts_an_unfinished_upload_once() {
        obs.startUpload("u1", "ota/p/a.bin", HuaweiFixture.NOW);
        UnfinishedUpload upload = commands().unfinishedUploads().get().head();

        assertThat(commands().dryRun().abort(upload).get()).isEqualTo(DeleteResult.DELETED);
        assertThat(obs.uploadIds()).containsExactly("u1");
        assertThat(commands().abort(upload).get()).isEqualTo(DeleteResult.DELETED);
        assertThat(obs.uploadIds()).isEmpty();
        assertThat(commands().abort(upload).get()).isEqualTo(DeleteResult.NOT_FOUND);
        assertThat(commands().dryRun().abort(upload).get()).isEqualTo(DeleteResult.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({"other-bucket, ota/p/a.bin", "fw-bucket, other/a.bin"})
    void aborts_only_uploads_of_its_bucket_and_prefix(String bucket, String key) {
        UnfinishedUpload foreign = new UnfinishedUpload(
                "u1", (FileLocation.ObjectStore) FileLocation.objectStore(bucket, key), Option.none());

        assertThat(commands().abort(foreign).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(obs.received()).isEmpty();
    }

    private io.vavr.control.Either<OtaFailure, DownloadResult> download() {
        return backend().firmware().download(ID, Download.to(target()));
    }

    private Path target() {
        return folder.resolve("app.bin");
    }

    private FirmwareCommandPort commands() {
        return backend().firmwareCommands();
    }

    private Backend backend() {
        return HuaweiFixture.open(settings);
    }

    private static void givenPackages(String... packages) {
        IOTDA.stubFor(get(urlPathEqualTo(PACKAGES)).willReturn(okJson("{\"packages\":[],\"page\":{\"count\":0}}")));
        for (String type : java.util.List.of("softwarePackage", "modulePackage")) {
            java.util.List<String> listed =
                    Stream.of(packages).filter(json -> json.contains(type)).toList();
            IOTDA.stubFor(get(urlPathEqualTo(PACKAGES))
                    .withQueryParam("package_type", equalTo(type))
                    .willReturn(okJson("{\"packages\":" + listed.stream().collect(Collectors.joining(",", "[", "]"))
                            + ",\"page\":{\"count\":" + listed.size() + "}}")));
        }
        for (String json : packages) {
            String id = json.replaceAll("(?s).*\"package_id\":\"([a-z0-9]+)\".*", "$1");
            IOTDA.stubFor(get(urlEqualTo(PACKAGES + "/" + id)).willReturn(okJson(json)));
        }
    }

    private static String packageJson(String id, String key, String sha256) {
        return """
                {"package_id":"%s","package_type":"modulePackage","product_id":"p","module_name":"MCU","version":"2.0",
                 "file_location":{"obs_location":{"region_name":"cn-north-4","bucket_name":"fw-bucket",
                  "object_key":"%s","sign":"%s"}}}""".formatted(id, key, sha256);
    }
}
