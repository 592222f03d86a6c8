package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.otabridge.aliyun.PublishServers.KEY_ID;
import static io.otabridge.aliyun.PublishServers.NEW_ID;
import static io.otabridge.aliyun.PublishServers.POLICY;
import static io.otabridge.aliyun.PublishServers.SIGNATURE;
import static io.otabridge.aliyun.PublishServers.action;
import static io.otabridge.aliyun.PublishServers.error;
import static io.otabridge.aliyun.PublishServers.list;
import static io.otabridge.aliyun.PublishServers.parameters;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.otabridge.contracts.ManualClock;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.module.ModuleName;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Publications on the wire: the form post, its faults, and how often each request is sent. */
class AliyunPublishTest {

    private static final ProductId PRODUCT = ProductId.of("p1");
    private static final FirmwareCoordinates MCU =
            FirmwareCoordinates.of(PRODUCT, ModuleName.of("mcu"), FirmwareVersion.of("2.0.0"));
    private static final NewFirmware FULL = NewFirmware.full(MCU).build();
    private static final Artifact FILE = Artifact.of("geheim.bin", "the new image".getBytes(UTF_8));
    private static final Artifact SECOND = Artifact.of("second.zip", "the second file".getBytes(UTF_8));

    @RegisterExtension
    static final WireMockExtension API = PublishServers.newServer();

    @RegisterExtension
    static final WireMockExtension STORE = PublishServers.newServer();

    private final PublishServers vendor = new PublishServers(API, STORE);
    private final Map<String, Object> settings = vendor.settings(2);

    @BeforeEach
    void givenModule() {
        vendor.respond("ListOTAModuleByProduct", okJson(modules("mcu")));
    }

    private static String modules(String name) {
        return "{\"Success\":true,\"Data\":[{\"ProductKey\":\"p1\",\"ModuleName\":\"" + name + "\"}]}";
    }

    @Test
    void uploads_nothing_for_a_module_that_does_not_exist() {
        vendor.publishes(FILE);
        vendor.respond("ListOTAModuleByProduct", okJson(modules("other")));

        OtaFailure failure = publish(FULL, FILE).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).startsWith("Module mcu of product p1 does not exist on backend ");
        assertThat(vendor.order()).containsExactly("ListOTAFirmware", "ListOTAModuleByProduct");
    }

    @Test
    void uploads_a_file_with_a_form_and_creates_the_package() {
        vendor.publishes(FILE);

        PublishResult result = publish(FULL, FILE).get();

        assertThat(result.alreadyExisted()).isFalse();
        assertThat(result.bytesSent()).isEqualTo(FILE.length());
        assertThat(result.firmware().get().id().value()).isEqualTo(NEW_ID);
        assertThat(result.warnings()).isEmpty();
        assertThat(vendor.order())
                .containsExactly(
                        "ListOTAFirmware",
                        "ListOTAModuleByProduct",
                        "GenerateOTAUploadURL",
                        "null",
                        "CreateOTAFirmware",
                        "QueryOTAFirmware");
        LoggedRequest created = vendor.calls("CreateOTAFirmware").head();
        assertThat(parameters(created))
                .containsOnly(
                        Map.entry("IotInstanceId", AliyunFixture.INSTANCE_ID),
                        Map.entry("ProductKey", "p1"),
                        Map.entry("ModuleName", "mcu"),
                        Map.entry("FirmwareName", "p1(mcu)2_0_0"),
                        Map.entry("DestVersion", "2.0.0"),
                        Map.entry("FirmwareUrl", STORE.baseUrl() + "/ota/1/a.bin"),
                        Map.entry("FirmwareSize", "13"),
                        Map.entry("FirmwareSign", FILE.md5().value()),
                        Map.entry("SignMethod", "MD5"));
    }

    @Test
    void posts_the_file_as_the_last_part_with_the_length_of_the_request() {
        vendor.publishes(FILE);

        assertThat(publish(FULL, FILE).isRight()).isTrue();

        LoggedRequest post = vendor.posts().head();
        String body = new String(post.getBody(), ISO_8859_1);
        assertThat(post.getHeader("Content-Length")).isEqualTo(String.valueOf(post.getBody().length));
        assertThat(post.getHeader("Transfer-Encoding")).isNull();
        assertThat(post.getHeader("Authorization")).isNull();
        String boundary = "--" + post.getHeader("Content-Type").replaceFirst(".*boundary=", "");
        assertThat(List.of(body.split(boundary)).map(part -> part.replace("\r\n", "|")))
                .containsExactly(
                        "",
                        "|Content-Disposition: form-data; name=\"key\"||ota/1/a.bin|",
                        "|Content-Disposition: form-data; name=\"policy\"||" + POLICY + "|",
                        "|Content-Disposition: form-data; name=\"OSSAccessKeyId\"||" + KEY_ID + "|",
                        "|Content-Disposition: form-data; name=\"signature\"||" + SIGNATURE + "|",
                        "|Content-Disposition: form-data; name=\"success_action_status\"||200|",
                        "|Content-Disposition: form-data; name=\"file\"; filename=\"firmware\"|Content-Type:"
                                + " application/octet-stream||the new image|",
                        "--|");
    }

    @ParameterizedTest
    @CsvSource({
        "app.bin, bin", "app.TAR.GZ, tar.gz", "app.gz, gz", "app.zip, zip", "app.apk, apk", "app.dav, dav",
        "app.tar, tar", "app.gzip, gzip", "app.tar.xz, bin", "app.pack, bin", "app, bin", "zip, bin"
    })
    void requests_an_upload_with_a_suffix_that_the_vendor_knows(String fileName, String suffix) {
        Artifact file = Artifact.of(fileName, "bytes".getBytes(UTF_8));
        vendor.publishes(file);

        assertThat(publish(FULL, file).isRight()).isTrue();
        assertThat(parameters(vendor.calls("GenerateOTAUploadURL").head())).containsEntry("FileSuffix", suffix);
    }

    @Test
    void sends_all_texts_of_a_delta_for_the_whole_device() {
        vendor.publishes(FILE);
        NewFirmware delta = NewFirmware.delta(
                        FirmwareCoordinates.wholeDevice(PRODUCT, FirmwareVersion.of("2.0.0")),
                        FirmwareVersion.of("1.0.0"))
                .name("固件アップ-2(b)")
                .description("d & e")
                .customInfo("{\"a\":1}")
                .needsVerification(false)
                .build();

        assertThat(publish(delta, FILE).getLeft()).isInstanceOf(OtaFailure.DigestMismatch.class);

        assertThat(parameters(vendor.calls("CreateOTAFirmware").head()))
                .contains(
                        Map.entry("ModuleName", "default"),
                        Map.entry("FirmwareName", "固件アップ-2(b)"),
                        Map.entry("Type", "1"),
                        Map.entry("SrcVersion", "1.0.0"),
                        Map.entry("NeedToVerify", "false"),
                        Map.entry("FirmwareDesc", "d & e"),
                        Map.entry("Udi", "{\"a\":1}"));
    }

    @Test
    void uploads_several_files_with_a_form_for_each() {
        vendor.publishes(FILE, SECOND);

        PublishResult result = publish(FULL, FILE, SECOND).get();

        assertThat(result.bytesSent()).isEqualTo(FILE.length() + SECOND.length());
        assertThat(result.warnings()).isEmpty();
        assertThat(vendor.sent("GenerateOTAUploadURL")).isEqualTo(2);
        assertThat(vendor.posts()).hasSize(2);
        assertThat(parameters(vendor.calls("CreateOTAFirmware").head()))
                .doesNotContainKeys("FirmwareUrl", "FirmwareSize", "FirmwareSign")
                .contains(
                        Map.entry("MultiFiles.1.Name", "geheim.bin"),
                        Map.entry("MultiFiles.1.Url", STORE.baseUrl() + "/ota/1/a.bin"),
                        Map.entry("MultiFiles.1.Size", "13"),
                        Map.entry("MultiFiles.1.SignValue", FILE.md5().value()),
                        Map.entry("MultiFiles.1.FileMd5", FILE.md5().value()),
                        Map.entry("MultiFiles.2.Name", "second.zip"),
                        Map.entry("MultiFiles.2.FileMd5", SECOND.md5().value()),
                        Map.entry("SignMethod", "MD5"));
    }

    @Test
    void sends_no_bytes_if_the_package_exists() {
        vendor.publishes(FILE);
        vendor.respond("ListOTAFirmware", okJson(list()));

        PublishResult result = publish(FULL, FILE).get();

        assertThat(result.alreadyExisted()).isTrue();
        assertThat(vendor.order()).containsExactly("ListOTAFirmware", "QueryOTAFirmware");
    }

    @Test
    void names_both_digests_if_the_version_exists_with_another_content() {
        vendor.publishes(SECOND);
        vendor.respond("ListOTAFirmware", okJson(list()));

        OtaFailure failure = publish(FULL, Artifact.of("f", "the second fail".getBytes(UTF_8)))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains(NEW_ID, SECOND.md5().value());
        assertThat(vendor.sent("GenerateOTAUploadURL")).isZero();
    }

    @Test
    void ends_a_dry_run_before_the_upload() {
        vendor.publishes(FILE);

        PublishResult result =
                backend().firmwareCommands().dryRun().publish(FULL, FILE).get();

        assertThat(result.firmware()).isEmpty();
        assertThat(vendor.order()).containsExactly("ListOTAFirmware", "ListOTAModuleByProduct");
    }

    @ParameterizedTest
    @ValueSource(strings = {"503", "500", "EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER"})
    void starts_an_upload_twice_again_with_a_new_form(String fault) {
        vendor.publishes(FILE);
        STORE.stubFor(post("/").willReturn(response(fault)));

        OtaFailure failure = publish(FULL, FILE).getLeft();

        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.operation()).isEqualTo("PostObject");
        assertThat(vendor.posts()).hasSize(3);
        assertThat(vendor.sent("GenerateOTAUploadURL")).isEqualTo(3);
        assertThat(vendor.sent("CreateOTAFirmware")).isZero();
    }

    @Test
    void publishes_after_a_lost_connection() {
        vendor.publishes(FILE);
        STORE.stubFor(post("/")
                .inScenario("store")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("up")
                .willReturn(response("EMPTY_RESPONSE")));
        STORE.stubFor(post("/").inScenario("store").whenScenarioStateIs("up").willReturn(ok()));

        assertThat(publish(FULL, FILE).isRight()).isTrue();
        assertThat(vendor.posts()).hasSize(2);
        assertThat(vendor.sent("GenerateOTAUploadURL")).isEqualTo(2);
        assertThat(vendor.sent("CreateOTAFirmware")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1})
    void publishes_after_a_cut_at_any_tenth_of_the_body(double share) {
        Artifact large = Artifact.of("large.bin", new byte[2_000_000]);
        vendor.publishes(large);
        try (CuttingStore store = new CuttingStore(share)) {
            vendor.respond("GenerateOTAUploadURL", okJson(PublishServers.form(store.url())));

            assertThat(publish(FULL, large).isRight()).isTrue();

            assertThat(store.requests()).isEqualTo(2);
            assertThat(store.complete()).isEqualTo(1);
        }
        assertThat(vendor.sent("GenerateOTAUploadURL")).isEqualTo(2);
        assertThat(vendor.sent("CreateOTAFirmware")).isEqualTo(1);
    }

    @Test
    void ends_an_upload_that_stalls() {
        vendor.publishes(FILE);
        settings.put("timeout", "300ms");
        settings.put("retries", 1);
        STORE.stubFor(post("/").willReturn(ok().withFixedDelay(5_000)));

        OtaFailure failure = publish(FULL, FILE).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(vendor.sent("GenerateOTAUploadURL")).isEqualTo(2);
        assertThat(vendor.sent("CreateOTAFirmware")).isZero();
    }

    @Test
    void shows_no_part_of_a_form_that_a_proxy_repeats() {
        vendor.publishes(FILE);
        settings.put("retries", 0);
        STORE.stubFor(post("/")
                .willReturn(aResponse()
                        .withStatus(502)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<html><title>Bad Gateway</title><body><pre>name=\"policy\"\r\n\r\n" + POLICY
                                + "\r\nname=\"OSSAccessKeyId\"\r\n\r\n" + KEY_ID
                                + "\r\nname=\"signature\"\r\n\r\n" + SIGNATURE + "</pre></body></html>")));

        assertThat(publish(FULL, FILE).getLeft().toString()).doesNotContain(POLICY, KEY_ID, SIGNATURE);
    }

    @Test
    void does_not_wait_longer_than_the_timeout_for_an_object_store() {
        vendor.publishes(FILE);
        STORE.stubFor(post("/").willReturn(response("503").withHeader("Retry-After", "3600")));

        assertThat(publish(FULL, FILE).getLeft().retryAfter()).contains(Duration.ofHours(1));
        assertThat(vendor.posts()).hasSize(1);
    }

    @Test
    void starts_no_upload_again_without_retries() {
        vendor.publishes(FILE);
        settings.put("retries", 0);
        STORE.stubFor(post("/").willReturn(response("503")));

        assertThat(publish(FULL, FILE).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(vendor.posts()).hasSize(1);
    }

    @Test
    void reports_the_bandwidth_that_the_minute_of_a_form_needs() {
        byte[] bytes = new byte[1_500_000];
        Artifact large = Artifact.of("large.bin", bytes);
        vendor.publishes(large);
        STORE.stubFor(post("/").willReturn(aResponse().withStatus(403).withBody(PublishServers.EXPIRED_POLICY)));

        OtaFailure failure = publish(FULL, large).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .isEqualTo("The upload of file large.bin (1500000 bytes) to backend legacy took longer than the minute"
                        + " that the vendor allows");
        assertThat(failure.advice()).startsWith("Upload over a connection of at least 0.2 Mbit/s");
        assertThat(failure.vendorCode()).contains("AccessDenied");
        assertThat(failure.requestId()).contains("R1");
        assertThat(vendor.posts()).hasSize(1);
        assertThat(vendor.sent("CreateOTAFirmware")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, AccessDenied",
        "403, SignatureDoesNotMatch, AccessDenied",
        "403, InvalidAccessKeyId, AccessDenied",
        "400, InvalidPolicyDocument, Rejected",
        "400, EntityTooLarge, Rejected",
        "204, NoError, UnreadableResponse",
        "201, NoError, UnreadableResponse",
        "302, Redirect, UnreadableResponse"
    })
    void creates_nothing_unless_the_object_store_returns_200(int status, String code, String kind) {
        vendor.publishes(FILE);
        String echo = "<Error><Code>%s</Code><Message>policy %s key %s signature %s</Message></Error>"
                .formatted(code, POLICY, KEY_ID, SIGNATURE);
        STORE.stubFor(post("/")
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Location", STORE.baseUrl() + "/elsewhere")
                        .withBody(status == 204 ? "" : echo)));

        OtaFailure failure = publish(FULL, FILE).getLeft();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.summary()).contains("the upload of file geheim.bin");
        assertThat(failure.toString()).doesNotContain(POLICY, KEY_ID, SIGNATURE);
        assertThat(vendor.posts()).hasSize(1);
        assertThat(vendor.sent("CreateOTAFirmware")).isZero();
    }

    @Test
    void shows_no_part_of_a_form_that_cannot_be_read() {
        vendor.publishes(FILE);
        for (String member : List.of("Key", "Host", "FirmwareUrl", "Success")) {
            vendor.respond(
                    "GenerateOTAUploadURL",
                    okJson(PublishServers.form(STORE.baseUrl()).replace("\"" + member + "\"", "\"x\"")));

            OtaFailure failure = publish(FULL, FILE).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
            assertThat(failure.summary()).contains("member " + member + " is missing");
            assertThat(failure.toString()).doesNotContain(POLICY, KEY_ID, SIGNATURE);
        }
        assertThat(vendor.posts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://iotx-ota.oss-cn-shanghai.example.com, not aliyuncs.com or a host below it",
        "https://aliyuncs.com.example, not aliyuncs.com or a host below it",
        "https://xaliyuncs.com, not aliyuncs.com or a host below it",
        "http://iotx-ota.oss-cn-shanghai.aliyuncs.com, must start with https://",
        "iotx-ota.oss-cn-shanghai.aliyuncs.com, must be an address",
        "https://user:pass@oss.aliyuncs.com, must not hold a user",
        "https://oss.aliyuncs.com/bucket, without path"
    })
    void uploads_only_to_the_known_object_store(String host, String problem) {
        vendor.publishes(FILE);
        vendor.respond("GenerateOTAUploadURL", okJson(PublishServers.form(host)));

        OtaFailure failure = publish(FULL, FILE).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains(problem);
        assertThat(failure.advice()).contains("set upload-host-suffix").contains("no file was uploaded");
        assertThat(vendor.sent("GenerateOTAUploadURL")).isEqualTo(1);
        assertThat(vendor.sent("CreateOTAFirmware")).isZero();
    }

    @Test
    void returns_the_package_whose_creation_had_a_lost_response() {
        vendor.publishes(FILE);
        API.stubFor(action("CreateOTAFirmware")
                .inScenario("create")
                .willSetStateTo("created")
                .willReturn(response("EMPTY_RESPONSE")));
        API.stubFor(action("ListOTAFirmware")
                .inScenario("create")
                .whenScenarioStateIs("created")
                .willReturn(okJson(list())));

        PublishResult result = publish(FULL, FILE).get();

        assertThat(result.alreadyExisted()).isTrue();
        assertThat(vendor.sent("CreateOTAFirmware")).isEqualTo(1);
        assertThat(vendor.sent("ListOTAFirmware")).isEqualTo(2);
        assertThat(vendor.posts()).hasSize(1);
    }

    @Test
    void says_what_happens_to_the_upload_if_the_creation_is_uncertain() {
        vendor.publishes(FILE);
        vendor.respond("CreateOTAFirmware", response("EMPTY_RESPONSE"));

        OtaFailure failure = publish(FULL, FILE).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(failure.advice())
                .contains("retrying the command is safe")
                .contains("the vendor deletes uploaded files after 60 minutes");
        assertThat(vendor.sent("CreateOTAFirmware")).isEqualTo(1);
        assertThat(vendor.sent("ListOTAFirmware")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iot.firmware.AlreadyExistedFirmwareName", "iot.ota.AlreadyExistedFirmwareName"})
    void names_the_name_that_another_package_has(String code) {
        vendor.publishes(FILE);
        vendor.respond("CreateOTAFirmware", error(code));

        OtaFailure failure =
                publish(NewFirmware.full(MCU).name("release-7").build(), FILE).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .isEqualTo("Backend legacy already has a package with the name release-7, and names are unique in the"
                        + " account");
        assertThat(failure.advice()).startsWith("Choose another name").contains("60 minutes");
        assertThat(vendor.sent("CreateOTAFirmware")).isEqualTo(1);
        assertThat(vendor.sent("ListOTAFirmware")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "iot.firmware.FirmwareCountExceedMax, Rejected, ota firmware prune",
        "iot.firmware.AlreadyExistedFirmwareVersion, Rejected, another version",
        "iot.firmware.MalformedFirmwareUrl, Rejected, Publish again",
        "iot.firmware.CreateFirmwareFailure, Unavailable, Retry later",
        "iot.prod.NotExistedProduct, NotFound, map the name in products"
    })
    void explains_why_a_package_was_not_created(String code, String kind, String advice) {
        vendor.publishes(FILE);
        vendor.respond("CreateOTAFirmware", error(code));

        OtaFailure failure = publish(FULL, FILE).getLeft();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.vendorCode()).contains(code);
        assertThat(failure.advice()).contains(advice).contains("deletes uploaded files after 60 minutes");
        assertThat(vendor.sent("CreateOTAFirmware")).isEqualTo(1);
    }

    @Test
    void creates_nothing_if_the_second_file_fails() {
        vendor.publishes(FILE, SECOND);
        settings.put("retries", 0);
        STORE.stubFor(post("/")
                .inScenario("store")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("down")
                .willReturn(ok()));
        STORE.stubFor(post("/").inScenario("store").whenScenarioStateIs("down").willReturn(response("503")));

        OtaFailure failure = publish(FULL, FILE, SECOND).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.summary()).contains("second.zip");
        assertThat(failure.advice()).contains("deletes uploaded files after 60 minutes");
        assertThat(vendor.posts()).hasSize(2);
        assertThat(vendor.sent("CreateOTAFirmware")).isZero();
    }

    @Test
    void creates_nothing_if_the_first_upload_is_too_old() {
        ManualClock clock = new ManualClock(AliyunFixture.NOW);
        TransferListener slow = (file, bytes, total) -> clock.advance(Duration.ofMinutes(20));
        List<Artifact> files = List.of("a", "b", "c", "d").map(name -> renamed(FILE, name));
        vendor.publishes(files.toJavaArray(Artifact[]::new));

        OtaFailure failure = AliyunFixture.open(
                        settings, AliyunFixture.context().withClock(clock))
                .firmwareCommands()
                .publish(FULL, files, slow)
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).startsWith("After 3 of 4 files, the first upload to backend legacy was older");
        assertThat(failure.advice()).contains("no package was created").contains("60 minutes");
        assertThat(vendor.posts()).hasSize(3);
        assertThat(vendor.sent("CreateOTAFirmware")).isZero();
    }

    @Test
    void never_completes_the_upload_of_a_file_that_changed() throws IOException {
        AtomicInteger opened = new AtomicInteger();
        Artifact changing = Artifact.of(
                "f.bin",
                50_000,
                () -> new ByteArrayInputStream(new byte[opened.getAndIncrement() == 0 ? 50_000 : 49_999]));
        vendor.publishes(FILE);

        OtaFailure failure = publish(FULL, changing).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(vendor.sent("GenerateOTAUploadURL")).isEqualTo(1);
        assertThat(vendor.sent("CreateOTAFirmware")).isZero();
    }

    @Test
    void synchronizes_the_clock_if_the_request_for_a_form_is_rejected_because_of_its_date() {
        vendor.publishes(FILE);
        API.stubFor(action("GenerateOTAUploadURL")
                .inScenario("clock")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("synchronized")
                .willReturn(aResponse()
                        .withStatus(400)
                        .withHeader("Date", "Fri, 02 Jan 2026 04:04:05 GMT")
                        .withBody("{\"Code\":\"InvalidTimeStamp.Expired\",\"Message\":\"m\",\"RequestId\":\"r\"}")));
        API.stubFor(action("GenerateOTAUploadURL")
                .inScenario("clock")
                .whenScenarioStateIs("synchronized")
                .willReturn(okJson(PublishServers.form(STORE.baseUrl()))));

        assertThat(publish(FULL, FILE).isRight()).isTrue();
        assertThat(vendor.sent("GenerateOTAUploadURL")).isEqualTo(2);
        assertThat(vendor.posts()).hasSize(1);
    }

    /** Packages that the platform cannot hold, with the kind of the failure and a part of its text. */
    static List<Object[]> invalidPackages() {
        List<Artifact> one = List.of(FILE);
        return List.of(
                new Object[] {full("v".repeat(65)).build(), one, "Rejected", "1 to 64 letters"},
                new Object[] {full("1.0+2").build(), one, "Rejected", "1 to 64 letters"},
                new Object[] {full("1").name("n".repeat(41)).build(), one, "Rejected", "1 to 40"},
                new Object[] {full("1").name("-n").build(), one, "Rejected", "the first of them"},
                new Object[] {full("1").name("a.b").build(), one, "Rejected", "1 to 40"},
                new Object[] {full("1").description("d".repeat(101)).build(), one, "Rejected", "1 to 100"},
                new Object[] {full("1").customInfo("u".repeat(4097)).build(), one, "Rejected", "1 to 4096"},
                new Object[] {
                    NewFirmware.full(FirmwareCoordinates.of(
                                    PRODUCT, ModuleName.of("two words"), FirmwareVersion.of("1")))
                            .build(),
                    one,
                    "Rejected",
                    "OTA module name"
                },
                new Object[] {
                    NewFirmware.full(FirmwareCoordinates.of(PRODUCT, ModuleName.of("default"), FirmwareVersion.of("1")))
                            .build(),
                    one,
                    "Rejected",
                    "represents the whole device"
                },
                new Object[] {
                    NewFirmware.full(
                                    FirmwareCoordinates.of(PRODUCT, FirmwareTarget.software(), FirmwareVersion.of("1")))
                            .build(),
                    one,
                    "Unsupported",
                    "software packages"
                },
                new Object[] {
                    full("1").sourceVersion(FirmwareVersion.of("0")).build(),
                    one,
                    "Unsupported",
                    "restrict a full image"
                },
                new Object[] {
                    NewFirmware.delta(MCU, FirmwareVersion.of("1"))
                            .sourceVersion(FirmwareVersion.of("0"))
                            .build(),
                    one,
                    "Rejected",
                    "one source version"
                },
                new Object[] {
                    FULL, List.of(Artifact.placeholder("fw.bin", (2_000L << 20) + 1)), "Rejected", "accepts at most"
                },
                new Object[] {FULL, List.of(FILE, FILE), "Rejected", "have the name geheim.bin"},
                new Object[] {FULL, List.of(FILE, renamed(FILE, "n".repeat(33))), "Rejected", "1 to 32 characters"},
                new Object[] {FULL, List.range(0, 21).map(i -> renamed(FILE, "f" + i)), "Rejected", "at most 20 files"
                });
    }

    @ParameterizedTest
    @MethodSource("invalidPackages")
    void sends_nothing_for_a_package_that_violates_the_rules(
            NewFirmware firmware, List<Artifact> files, String kind, String text) {
        OtaFailure failure = backend()
                .firmwareCommands()
                .publish(firmware, files, TransferListener.NONE)
                .getLeft();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.summary()).contains(text);
        assertThat(failure.advice()).contains("nothing was sent");
        assertThat(API.getAllServeEvents()).isEmpty();
    }

    @Test
    void warns_of_a_file_that_is_larger_than_most_accounts_may_publish() {
        vendor.publishes(FILE);
        FirmwareCommandPort commands = backend().firmwareCommands().dryRun();

        assertThat(commands.publish(FULL, Artifact.placeholder("fw.bin", 1_000L << 20))
                        .get()
                        .warnings())
                .isEmpty();
        assertThat(commands.publish(FULL, Artifact.placeholder("fw.bin", (1_000L << 20) + 1))
                        .get()
                        .warnings()
                        .mkString())
                .contains("1000 MB");
    }

    @Test
    void accepts_the_longest_texts() {
        vendor.publishes(FILE);
        NewFirmware longest = full("v".repeat(64))
                .name("名".repeat(40))
                .description("d".repeat(100))
                .customInfo("u".repeat(4096))
                .build();

        publish(longest, FILE);

        assertThat(parameters(vendor.calls("CreateOTAFirmware").head()))
                .containsEntry("FirmwareName", "名".repeat(40))
                .containsEntry("Udi", "u".repeat(4096));
    }

    private Backend backend() {
        return AliyunFixture.open(settings);
    }

    private Either<OtaFailure, PublishResult> publish(NewFirmware firmware, Artifact... files) {
        return backend().firmwareCommands().publish(firmware, files);
    }

    private static ResponseDefinitionBuilder response(String fault) {
        return fault.matches("[0-9]+")
                ? aResponse().withStatus(Integer.parseInt(fault))
                : aResponse().withFault(Fault.valueOf(fault));
    }

    private static NewFirmware.Builder full(String version) {
        return NewFirmware.full(FirmwareCoordinates.of(PRODUCT, ModuleName.of("mcu"), FirmwareVersion.of(version)));
    }

    private static Artifact renamed(Artifact file, String name) {
        try {
            return Artifact.of(name, file.length(), file::open);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
