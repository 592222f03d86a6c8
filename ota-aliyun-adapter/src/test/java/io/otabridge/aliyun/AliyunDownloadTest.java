package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.otabridge.aliyun.AliyunFixture.ID;
import static io.otabridge.aliyun.PublishServers.action;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.DownloadResult.DigestCheck;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.objectstore.OssSimulator;
import io.vavr.control.Either;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads with signed links on the wire: which link is used, and what happens when it expires. */
class AliyunDownloadTest {

    private static final byte[] BYTES =
            "the firmware image, 36 bytes in total".substring(0, 36).getBytes(UTF_8);
    private static final Artifact FILE = Artifact.of("f", BYTES);
    private static final String EXPIRED =
            "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>";

    @RegisterExtension
    static final WireMockExtension API = PublishServers.newServer();

    @RegisterExtension
    static final WireMockExtension STORE = PublishServers.newServer();

    @TempDir
    private Path folder;

    private final PublishServers vendor = new PublishServers(API, STORE);

    @BeforeEach
    void stubStore() {
        vendor.respond("QueryOTAFirmware", okJson(details(link("first"))));
        stub("first", file());
        stub("second", file());
    }

    @ParameterizedTest
    @CsvSource({"MD5, ACCIDENTAL_CHANGES_ONLY", "Md5, ACCIDENTAL_CHANGES_ONLY", "SHA256, VERIFIED"})
    void verifies_the_digest_of_the_vendor(String method, DigestCheck check) {
        String digest =
                method.equals("SHA256") ? FILE.sha256().value() : FILE.md5().value();
        vendor.respond("QueryOTAFirmware", okJson(details(link("first"), method, digest)));

        DownloadResult result = download().get();

        assertThat(result.check()).isEqualTo(check);
        assertThat(result.sha256()).isEqualTo(FILE.sha256());
        assertThat(target()).hasBinaryContent(BYTES);
        assertThat(vendor.sent("QueryOTAFirmware")).isEqualTo(1);
        assertThat(vendor.posts()).hasSize(1);
        STORE.verify(getRequestedFor(urlPathEqualTo("/ota/first.bin"))
                .withQueryParam("Signature", equalTo("farzC8/first="))
                .withHeader("Authorization", absent())
                .withHeader("x-acs-action", absent())
                .withHeader("Accept-Encoding", equalTo("identity")));
    }

    @Test
    void writes_nothing_with_another_digest() {
        vendor.respond("QueryOTAFirmware", okJson(details(link("first"), "MD5", "0123456789abcdef0123456789abcdef")));

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.DigestMismatch.class);
        assertThat(target()).doesNotExist();
    }

    @Test
    void requests_a_new_link_when_one_has_expired() {
        inOrder("first", "second");
        stub("first", aResponse().withStatus(403).withBody(EXPIRED));

        assertThat(download().isRight()).isTrue();
        assertThat(vendor.sent("QueryOTAFirmware")).isEqualTo(2);
        assertThat(vendor.posts()).hasSize(2);
    }

    @Test
    void continues_with_a_new_link_when_one_expires_in_between() {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        try (AliyunSimulator simulator = AliyunSimulator.start()) {
            OssSimulator objects = simulator.objectStore();
            objects.put("ota/large.bin", large);
            simulator.addFirmware(AliyunFirmware.builder(ID.value() + "9", "p1", "1")
                    .file(
                            objects.url("ota/large.bin"),
                            large.length,
                            Artifact.of("f", large).md5().value())
                    .build());
            objects.cutNextDownload(200_000);
            objects.beforeNext(call -> call.header("range").isDefined(), objects::expireNextLink);
            long before = simulator.requestCount();

            DownloadResult result = new AliyunProvider()
                    .open(
                            "legacy",
                            SettingsReader.of("backends.legacy", AliyunFixture.settings(simulator, new HashMap<>())),
                            BackendContext.system())
                    .get()
                    .firmware()
                    .download(FirmwareId.of(ID.value() + "9"), Download.to(target()))
                    .get();

            assertThat(target()).hasBinaryContent(large);
            assertThat(result.check()).isEqualTo(DigestCheck.ACCIDENTAL_CHANGES_ONLY);
            assertThat(simulator.requestCount() - before).as("links").isEqualTo(2);
            assertThat(objects.requestCount()).as("cut, expired, rest").isEqualTo(3);
        }
    }

    @Test
    void ends_if_new_links_have_expired_too() {
        stub("first", aResponse().withStatus(403).withBody(EXPIRED));

        OtaFailure failure = download().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.vendorMessage()).contains("Request has expired.");
        assertThat(failure.toString()).doesNotContain("farzC8").doesNotContain("Signature=");
        assertThat(vendor.sent("QueryOTAFirmware")).isEqualTo(3);
        assertThat(vendor.posts()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDenied", "404, NotFound", "400, Rejected"})
    void requests_no_new_link_after_another_failure(int status, String kind) {
        stub("first", aResponse().withStatus(status));

        assertThat(download().getLeft().getClass().getSimpleName()).isEqualTo(kind);
        assertThat(vendor.sent("QueryOTAFirmware")).isEqualTo(1);
        assertThat(vendor.posts()).hasSize(1);
    }

    @Test
    void follows_no_new_link_to_another_host() {
        API.stubFor(action("QueryOTAFirmware")
                .inScenario("links")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("expired")
                .willReturn(okJson(details(link("first")))));
        API.stubFor(action("QueryOTAFirmware")
                .inScenario("links")
                .whenScenarioStateIs("expired")
                .willReturn(okJson(details(link("second").replace("localhost", "127.0.0.1")))));
        stub("first", aResponse().withStatus(403).withBody(EXPIRED));

        OtaFailure failure = download().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .contains("leads to host 127.0.0.1")
                .contains("a host of localhost")
                .doesNotContain("farzC8");
        assertThat(vendor.posts()).hasSize(1);
    }

    @Test
    void a_missing_file_is_named_by_its_firmware_and_not_by_the_target() {
        stub("first", aResponse().withStatus(404));

        assertThat(download().getLeft().summary())
                .isEqualTo("The file of firmware " + ID + " does not exist on backend legacy");
    }

    @Test
    void follows_no_redirect() {
        stub("first", aResponse().withStatus(302).withHeader("Location", link("second")));

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(vendor.posts()).hasSize(1);
    }

    @Test
    void follows_no_link_in_clear_text() {
        vendor.respond(
                "QueryOTAFirmware", okJson(details("http://ota.oss-cn-shanghai.aliyuncs.com/a.bin?Signature=farzC8")));

        OtaFailure failure = download().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("in clear text").doesNotContain("farzC8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no link", "ftp://ota.example/a.bin"})
    void reports_a_package_without_a_usable_link(String link) {
        vendor.respond("QueryOTAFirmware", okJson(details(link)));

        OtaFailure failure = download().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary())
                .isEqualTo("Backend legacy returned no download link for the file of firmware " + ID);
    }

    @Test
    void chooses_one_of_several_files_by_its_name() {
        String files =
                "\"MultiFiles\":[{\"Name\":\"a.bin\",\"Size\":1,\"Url\":\"%s\"},{\"Name\":\"b.bin\",\"Size\":36,\"Url\":\"%s\",\"FileMd5\":\"%s\"}]"
                        .formatted(link("first"), link("second"), FILE.md5().value());
        vendor.respond("QueryOTAFirmware", okJson(packageWith(files)));

        OtaFailure ambiguous = download().getLeft();
        assertThat(ambiguous).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(ambiguous.advice()).isEqualTo("Name one of its files: a.bin, b.bin");
        OtaFailure missing = download(Download.to(target()).file("c.bin")).getLeft();
        assertThat(missing).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(missing.summary()).isEqualTo("File c.bin of firmware " + ID + " does not exist on backend legacy");
        assertThat(missing.advice()).isEqualTo("Name one of its files: a.bin, b.bin");
        assertThat(vendor.posts()).isEmpty();

        assertThat(download(Download.to(target()).file("b.bin")).isRight()).isTrue();
        STORE.verify(1, getRequestedFor(urlPathEqualTo("/ota/second.bin")));
    }

    @Test
    void finds_no_file_by_name_in_a_package_whose_only_file_has_none() {
        OtaFailure failure = download(Download.to(target()).file("f.bin")).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.advice()).startsWith("Leave out the name");
    }

    @Test
    void downloads_from_a_private_deployment_of_tuya() {
        API.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("QueryOTAFirmware"))
                .willReturn(okJson(details(link("first")).replace(ID.value(), "158"))));

        assertThat(new TuyaProvider()
                        .open(
                                "deployment",
                                SettingsReader.of(
                                        "backends.deployment",
                                        Map.of(
                                                "endpoint",
                                                API.baseUrl(),
                                                "credentials",
                                                Map.of("access-key", "TuyaKey1", "secret-key", "TuyaSecret1"))),
                                BackendContext.system())
                        .get()
                        .firmware()
                        .download(FirmwareId.of("158"), Download.to(target()))
                        .isRight())
                .isTrue();
        assertThat(target()).hasBinaryContent(BYTES);
    }

    private Path target() {
        return folder.resolve("f.bin");
    }

    private Either<OtaFailure, DownloadResult> download() {
        return download(Download.to(target()));
    }

    private Either<OtaFailure, DownloadResult> download(Download download) {
        return AliyunFixture.open(vendor.settings(0)).firmware().download(ID, download);
    }

    private static String link(String name) {
        return STORE.baseUrl() + "/ota/" + name + ".bin?Expires=1795970661&OSSAccessKeyId=AKEXAMPLE&Signature=farzC8%2F"
                + name + "%3D";
    }

    private static String details(String link) {
        return details(link, "MD5", FILE.md5().value());
    }

    private static String details(String link, String method, String digest) {
        return packageWith("\"FirmwareUrl\":\"%s\",\"FirmwareSize\":36,\"FirmwareSign\":\"%s\",\"SignMethod\":\"%s\""
                .formatted(link, digest, method));
    }

    private static String packageWith(String files) {
        return "{\"Success\":true,\"FirmwareInfo\":{\"FirmwareId\":\"" + ID
                + "\",\"ProductKey\":\"p1\",\"DestVersion\":\"1\"," + files + "}}";
    }

    private static ResponseDefinitionBuilder file() {
        return aResponse().withHeader("ETag", "\"e1\"").withBody(BYTES);
    }

    private static void stub(String name, ResponseDefinitionBuilder response) {
        STORE.stubFor(get(urlPathEqualTo("/ota/" + name + ".bin")).willReturn(response));
    }

    /** The details have the first link, and then the second. */
    private static void inOrder(String first, String second) {
        API.stubFor(action("QueryOTAFirmware")
                .inScenario("links")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("again")
                .willReturn(okJson(details(link(first)))));
        API.stubFor(action("QueryOTAFirmware")
                .inScenario("links")
                .whenScenarioStateIs("again")
                .willReturn(okJson(details(link(second)))));
    }
}
