package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.huawei.obs.ObsServer;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Publications on the wire: the requests to IoTDA and to the object store, and how often they are sent. */
class HuaweiPublishTest {

    private static final String PACKAGES = "/v5/iot/" + HuaweiFixture.PROJECT_ID + "/ota-upgrades/packages";
    private static final String PRODUCT = "5ba24f5ebbe8f56f5a14f605";
    private static final byte[] BYTES = "firmware".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 = ObsServer.sha256Hex(BYTES);
    private static final String OTHER_SHA256 = ObsServer.sha256Hex(new byte[] {1});
    private static final String KEY = "ota/" + PRODUCT + "/MCU/2.0/" + SHA256 + ".bin";

    @RegisterExtension
    static final WireMockExtension IOTDA = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final ObsServer obs = new ObsServer();
    private final Map<String, Object> settings = HuaweiFixture.settings(IOTDA.baseUrl());
    private final Map<String, Object> obsSettings =
            new HashMap<>(Map.of("bucket", ObsServer.BUCKET, "region", ObsServer.REGION, "endpoint", obs.endpoint()));

    HuaweiPublishTest() {
        settings.put("obs", obsSettings);
    }

    @BeforeEach
    void givenModule() {
        givenModules("{\"module_id\":\"m1\",\"product_id\":\"" + PRODUCT + "\",\"module_name\":\"MCU\"}");
    }

    private static void givenModules(String modules) {
        int count = modules.isEmpty() ? 0 : 1;
        IOTDA.stubFor(get(urlPathEqualTo(PACKAGES.replace("packages", "modules")))
                .willReturn(okJson("{\"modules\":[" + modules + "],\"page\":{\"count\":" + count + "}}")));
    }

    @AfterEach
    void stop() {
        obs.close();
    }

    @Test
    void uploads_the_file_and_creates_the_package_as_documented() {
        givenNoPackage();
        givenCreation();

        PublishResult result = commands()
                .publish(mcu().description("第二版").customInfo("info").build(), file())
                .get();

        assertThat(result.alreadyExisted()).isFalse();
        assertThat(result.bytesSent()).isEqualTo(BYTES.length);
        assertThat(result.firmware().get().id()).isEqualTo(FirmwareId.of("new"));
        assertThat(obs.received()).containsExactly("HEAD", "PUT");
        assertThat(obs.objects()).containsOnlyKeys(KEY);
        IOTDA.verify(
                1,
                postRequestedFor(urlEqualTo(PACKAGES))
                        .withHeader("Instance-Id", equalTo(HuaweiFixture.INSTANCE_ID))
                        .withRequestBody(equalToJson("""
                        {"app_id": "61f7e74d036aca5be29e1ed4", "package_type": "modulePackage",
                         "product_id": "%s", "module_name": "MCU", "version": "2.0",
                         "support_source_versions": ["1.0"], "description": "第二版", "custom_info": "info",
                         "file_location": {"obs_location": {"region_name": "cn-north-4", "bucket_name": "fw-bucket",
                          "object_key": "%s", "sign_method": "SHA256", "sign": "%s"}}}""".formatted(PRODUCT, KEY, SHA256))));
        assertThat(requests("GET", PACKAGES))
                .as("before and after the creation")
                .isEqualTo(2);
        assertThat(requests("GET", PACKAGES + "/new")).isEqualTo(1);
    }

    @Test
    void uploads_nothing_for_a_module_that_does_not_exist() {
        givenNoPackage();
        givenModules("");

        OtaFailure failure = publish().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).startsWith("Module MCU of product " + PRODUCT + " does not exist on backend ");
        assertThat(obs.received()).isEmpty();
        assertThat(requests("POST", PACKAGES)).isZero();
    }

    @Test
    void sends_nothing_twice() {
        givenPackage("old", SHA256);
        obs.store("there", BYTES, SHA256);

        PublishResult result = publish().get();

        assertThat(result.alreadyExisted()).isTrue();
        assertThat(result.bytesSent()).isZero();
        assertThat(result.firmware().get().id()).isEqualTo(FirmwareId.of("old"));
        assertThat(obs.received()).containsExactly("HEAD");
        assertThat(requests("POST", PACKAGES)).isZero();
    }

    @Test
    void rejects_a_package_whose_object_was_deleted_elsewhere() {
        givenPackage("old", SHA256);

        OtaFailure failure = publish().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("old", "object there of bucket");
        assertThat(obs.objects()).isEmpty();
    }

    @Test
    void uploads_the_object_of_an_existing_package_again_if_it_was_deleted() {
        IOTDA.stubFor(get(urlPathEqualTo(PACKAGES)).willReturn(okJson(list(packageJson("old", KEY, SHA256)))));
        givenDetails(packageJson("old", KEY, SHA256));

        PublishResult result = publish().get();

        assertThat(result.alreadyExisted()).isTrue();
        assertThat(result.bytesSent()).isEqualTo(BYTES.length);
        assertThat(obs.objects()).containsOnlyKeys(KEY);
        assertThat(requests("POST", PACKAGES)).isZero();
    }

    @Test
    void sends_no_bytes_if_the_object_is_stored_already() {
        givenNoPackage();
        givenCreation();
        obs.store(KEY, BYTES, SHA256);

        assertThat(publish().get().bytesSent()).isZero();

        assertThat(obs.received()).containsExactly("HEAD");
    }

    @Test
    void refuses_another_content_under_the_same_version() {
        givenPackage("old", OTHER_SHA256);

        OtaFailure failure = publish().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("old", SHA256, OTHER_SHA256);
        assertThat(obs.received()).isEmpty();
    }

    @Test
    void asks_the_object_store_for_a_digest_that_the_vendor_does_not_report() {
        givenPackage("old", "");
        obs.store("there", BYTES, SHA256);

        assertThat(publish().get().alreadyExisted()).isTrue();

        assertThat(obs.received()).as("the digest, and whether it exists").containsExactly("HEAD", "HEAD");
    }

    @Test
    void rejects_a_package_whose_digest_is_unknown() {
        givenPackage("old", "");
        obs.store("there", BYTES, null);

        OtaFailure failure = publish().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("the digest of its file is unknown");
    }

    static Stream<Arguments> invalidFirmware() {
        return Stream.of(
                Arguments.of(mcu("2.0").description("d".repeat(1_025)), "package description"),
                Arguments.of(mcu("2.0").customInfo("i".repeat(4_097)), "custom info"),
                Arguments.of(mcu("2/0"), "package version"),
                Arguments.of(mcu("2 0"), "package version"),
                Arguments.of(mcu("2.0").sourceVersion(FirmwareVersion.of("1.0 1.1")), "source versions"),
                Arguments.of(mcu("2.0").sourceVersion(FirmwareVersion.of("1/0")), "source versions"),
                Arguments.of(
                        Stream.iterate(1, i -> i + 1)
                                .limit(21)
                                .reduce(
                                        mcu("2.0"),
                                        (builder, i) -> builder.sourceVersion(FirmwareVersion.of("1." + i)),
                                        (one, other) -> one),
                        "source versions"),
                Arguments.of(
                        NewFirmware.full(new FirmwareCoordinates(
                                ProductId.of(PRODUCT), FirmwareTarget.module("微控制"), FirmwareVersion.of("2.0"))),
                        "module name"));
    }

    @ParameterizedTest
    @MethodSource("invalidFirmware")
    void checks_the_vendors_rules_before_anything_is_sent(NewFirmware.Builder invalid, String rule) {
        OtaFailure failure = commands().publish(invalid.build(), file()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("Huawei").contains(rule);
        assertThat(IOTDA.getAllServeEvents()).isEmpty();
        assertThat(obs.received()).isEmpty();
    }

    @Test
    void needs_a_resource_space() {
        settings.remove("app-id");

        assertThat(publish().getLeft().advice()).contains("Set app-id");

        assertThat(IOTDA.getAllServeEvents()).isEmpty();
    }

    @Test
    void has_one_file_and_no_verification() {
        NewFirmware verified = mcu().needsVerification(true).build();

        assertUnsupported(commands().publish(verified, file()), Capability.VERIFICATION);
        assertUnsupported(commands().publish(mcu().build(), file(), file()), Capability.SEVERAL_FILES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> commands().publish(mcu().build(), List.empty(), TransferListener.NONE));
        assertThat(IOTDA.getAllServeEvents()).isEmpty();
    }

    @Test
    void cannot_publish_without_a_bucket_or_with_a_token() {
        obsSettings.remove("bucket");
        assertUnsupported(publish(), Capability.PUBLISH_FIRMWARE);
        assertThat(publish().getLeft().advice()).contains("Set obs.bucket");
        assertThat(HuaweiFixture.open(settings).capabilities().has(Capability.DOWNLOAD_FIRMWARE))
                .isTrue();

        settings.put("credentials", Map.of("token", "t0ken"));
        assertUnsupported(publish(), Capability.PUBLISH_FIRMWARE);
        assertThat(publish().getLeft().advice()).contains("use an access key");
        assertThat(HuaweiFixture.open(settings).capabilities().has(Capability.DOWNLOAD_FIRMWARE))
                .isFalse();
    }

    @Test
    void names_what_is_not_stored() {
        givenNoPackage();
        givenCreation();
        NewFirmware delta = NewFirmware.delta(mcu().build().coordinates(), FirmwareVersion.of("1.0"))
                .name("mcu-2")
                .build();

        List<String> warnings = commands().publish(delta, file()).get().warnings();

        assertThat(warnings).hasSize(2);
        assertThat(warnings.mkString("; ")).contains("no name", "is a delta");
    }

    @Test
    void sends_no_change_in_a_dry_run() {
        givenNoPackage();

        PublishResult result =
                commands().dryRun().publish(mcu().build(), file()).get();

        assertThat(result.firmware()).isEmpty();
        assertThat(requests("POST", PACKAGES)).isZero();
        assertThat(obs.received()).isEmpty();
    }

    @Test
    void finds_a_package_whose_creation_was_not_confirmed() {
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        IOTDA.stubFor(get(urlPathEqualTo(PACKAGES))
                .inScenario("lost")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("created")
                .willReturn(okJson("{\"packages\":[],\"page\":{\"count\":0}}")));
        IOTDA.stubFor(get(urlPathEqualTo(PACKAGES))
                .inScenario("lost")
                .whenScenarioStateIs("created")
                .willReturn(okJson(list(packageJson("new", KEY, SHA256)))));
        givenDetails(packageJson("new", KEY, SHA256));

        PublishResult result = publish().get();

        assertThat(result.alreadyExisted()).isTrue();
        assertThat(requests("POST", PACKAGES)).isEqualTo(1);
        assertThat(obs.objects()).containsOnlyKeys(KEY);
    }

    @Test
    void keeps_and_names_the_object_if_the_outcome_of_the_creation_is_unknown() {
        givenNoPackage();
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        OtaFailure failure = publish().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(failure.advice()).contains(KEY, ObsServer.BUCKET);
        assertThat(obs.received()).containsExactly("HEAD", "PUT");
    }

    @Test
    void deletes_the_object_of_a_package_that_was_not_created() {
        givenNoPackage();
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(error("IOTDA.019305", 400)));

        OtaFailure failure = publish().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains("region, bucket and key", "iotda_admin_trust");
        assertThat(obs.received()).containsExactly("HEAD", "PUT", "DELETE");
        assertThat(obs.objects()).isEmpty();
    }

    @Test
    void keeps_an_object_that_an_earlier_call_has_uploaded() {
        givenNoPackage();
        obs.store(KEY, BYTES, SHA256);
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(error("IOTDA.019305", 400)));

        publish().getLeft();

        assertThat(obs.received()).containsExactly("HEAD");
    }

    @Test
    void keeps_an_object_that_another_package_uses() {
        String other = packageJson("other", KEY, SHA256).replace("\"1.0\"", "\"0.9\"");
        IOTDA.stubFor(get(urlPathEqualTo(PACKAGES)).willReturn(okJson(list(other))));
        givenDetails(other);
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(error("IOTDA.019305", 400)));

        OtaFailure failure = publish().getLeft();

        assertThat(failure.advice()).contains(KEY);
        assertThat(obs.objects()).containsOnlyKeys(KEY);
    }

    @Test
    void names_the_object_if_its_deletion_fails() {
        givenNoPackage();
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(error("IOTDA.019305", 400)));
        obs.fail("DELETE", 403, "AccessDenied");

        OtaFailure failure = publish().getLeft();

        assertThat(failure.vendorCode()).contains("IOTDA.019305");
        assertThat(failure.advice()).contains("the uploaded file is object " + KEY);
    }

    @Test
    void advises_about_the_limit_of_packages_if_the_code_is_unknown() {
        givenNoPackage();
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(error("IOTDA.019399", 400)));

        assertThat(publish().getLeft().advice()).contains("at most 200 packages");
    }

    @Test
    void reports_what_the_vendor_stored_differently() {
        givenNoPackage();
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(jsonResponse(packageJson("new", KEY, SHA256), 201)));
        givenDetails(packageJson("new", KEY, OTHER_SHA256));

        OtaFailure failure = publish().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DigestMismatch.class);
        assertThat(failure.summary()).contains("new", SHA256, OTHER_SHA256);
    }

    @Test
    void creates_nothing_if_the_upload_fails() {
        givenNoPackage();
        obs.fail("PUT", 403, "AccessDenied");

        OtaFailure failure = publish().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.operation()).isEqualTo("PutObject");
        assertThat(requests("POST", PACKAGES)).isZero();
        assertThat(obs.received()).containsExactly("HEAD", "PUT");
    }

    @ParameterizedTest
    @CsvSource({"fw.BIN, .bin", "fw, ''", "fw.tar.gz, .gz", "fw.b in, ''", "fw.固件, ''", "fw.abcdefghijklmnopq, ''"})
    void keeps_a_safe_suffix_of_the_file_name(String name, String suffix) throws IOException {
        givenNoPackage();
        obs.fail("HEAD", 403, "AccessDenied");

        commands()
                .publish(mcu().build(), Artifact.of(name, BYTES.length, () -> new ByteArrayInputStream(BYTES)))
                .getLeft();

        assertThat(obs.received()).containsExactly("HEAD");
        assertThat(obs.lastKey()).isEqualTo("ota/" + PRODUCT + "/MCU/2.0/" + SHA256 + suffix);
    }

    @Test
    void has_a_key_without_folders_of_full_stops() {
        obsSettings.put("prefix", "devices/ota");
        givenNoPackage();
        obs.fail("HEAD", 403, "AccessDenied");
        NewFirmware odd = NewFirmware.full(new FirmwareCoordinates(
                        ProductId.of(PRODUCT.toUpperCase(java.util.Locale.ROOT)),
                        FirmwareTarget.software(),
                        FirmwareVersion.of("..")))
                .build();

        commands().publish(odd, file()).getLeft();

        assertThat(obs.lastKey()).isEqualTo("devices/ota/" + PRODUCT + "/software/_../" + SHA256 + ".bin");
    }

    @Test
    void creates_a_package_for_a_stored_object_without_reading_it() {
        givenNoPackage();
        obs.store("builds/固件 v2.bin", BYTES, SHA256);
        String created = packageJson("new", "builds/固件 v2.bin", SHA256);
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(jsonResponse(created, 201)));
        givenDetails(created);

        PublishResult result =
                commands().publish(mcu().build(), stored("builds/固件 v2.bin")).get();

        assertThat(result.bytesSent()).isZero();
        assertThat(obs.received()).containsExactly("HEAD");
        IOTDA.verify(
                1,
                postRequestedFor(urlEqualTo(PACKAGES))
                        .withRequestBody(equalToJson(
                                "{\"file_location\":{\"obs_location\":{\"region_name\":\"cn-north-4\","
                                        + "\"bucket_name\":\"fw-bucket\",\"object_key\":\"builds/固件 v2.bin\","
                                        + "\"sign_method\":\"SHA256\",\"sign\":\"" + SHA256 + "\"}}}",
                                true,
                                true)));
    }

    @Test
    void reads_a_stored_object_without_digest() {
        givenNoPackage();
        obs.store("there", BYTES, null);
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(jsonResponse(packageJson("new", "there", SHA256), 201)));
        givenDetails(packageJson("new", "there", SHA256));

        assertThat(commands().publish(mcu().build(), stored("there")).isRight()).isTrue();

        assertThat(obs.received()).containsExactly("HEAD", "GET");
    }

    @Test
    void reads_the_bytes_that_devices_receive_of_an_object_that_is_marked_as_compressed() throws IOException {
        givenNoPackage();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(BYTES);
        }
        String sha256 = ObsServer.sha256Hex(compressed.toByteArray());
        obs.store("there", compressed.toByteArray(), null);
        obs.contentEncoding("gzip");
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(jsonResponse(packageJson("new", "there", sha256), 201)));
        givenDetails(packageJson("new", "there", sha256));

        commands().publish(mcu().build(), stored("there"));

        IOTDA.verify(
                1,
                postRequestedFor(urlEqualTo(PACKAGES))
                        .withRequestBody(matchingJsonPath("$.file_location.obs_location.sign", equalTo(sha256))));
    }

    @Test
    void does_not_create_a_package_for_an_object_that_does_not_exist() {
        OtaFailure failure =
                commands().publish(mcu().build(), stored("missing")).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).contains("fw-bucket", "missing");
        assertThat(IOTDA.getAllServeEvents()).isEmpty();
    }

    @Test
    void keeps_a_stored_object_if_the_creation_fails() {
        givenNoPackage();
        obs.store("there", BYTES, SHA256);
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(error("IOTDA.019305", 400)));

        commands().publish(mcu().build(), stored("there")).getLeft();

        assertThat(obs.received()).containsExactly("HEAD");
    }

    @ParameterizedTest
    @CsvSource({"A_B, there", "evil.example/, there", "fw-bucket, ''"})
    void checks_the_location_of_a_stored_object(String bucket, String key) {
        OtaFailure failure = commands()
                .publish(mcu().build(), (FileLocation.ObjectStore) FileLocation.objectStore(bucket, key))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(obs.received()).isEmpty();
    }

    private static void assertUnsupported(Either<OtaFailure, ?> result, Capability capability) {
        assertThat(result.getLeft())
                .isInstanceOfSatisfying(
                        OtaFailure.Unsupported.class,
                        failure -> assertThat(failure.capability()).isEqualTo(capability));
    }

    private Either<OtaFailure, PublishResult> publish() {
        return commands().publish(mcu().build(), file());
    }

    private FirmwareCommandPort commands() {
        return HuaweiFixture.open(settings).firmwareCommands();
    }

    private static NewFirmware.Builder mcu() {
        return mcu("2.0").sourceVersion(FirmwareVersion.of("1.0"));
    }

    private static NewFirmware.Builder mcu(String version) {
        return NewFirmware.full(new FirmwareCoordinates(
                ProductId.of(PRODUCT), FirmwareTarget.module("MCU"), FirmwareVersion.of(version)));
    }

    private static Artifact file() {
        try {
            return Artifact.of("app.bin", BYTES.length, () -> new ByteArrayInputStream(BYTES));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FileLocation.ObjectStore stored(String key) {
        return (FileLocation.ObjectStore) FileLocation.objectStore(ObsServer.BUCKET, key);
    }

    private static void givenNoPackage() {
        IOTDA.stubFor(get(urlPathEqualTo(PACKAGES)).willReturn(okJson(list())));
    }

    private static void givenPackage(String id, String sha256) {
        String existing = packageJson(id, "there", sha256);
        IOTDA.stubFor(get(urlPathEqualTo(PACKAGES)).willReturn(okJson(list(existing))));
        givenDetails(existing);
    }

    /** The vendor returns the fields that it received. */
    private static void givenCreation() {
        String created = packageJson("new", KEY, SHA256);
        IOTDA.stubFor(post(urlEqualTo(PACKAGES)).willReturn(jsonResponse(created, 201)));
        givenDetails(created);
    }

    private static void givenDetails(String json) {
        String id = json.replaceAll("(?s).*\"package_id\":\"([a-z]+)\".*", "$1");
        IOTDA.stubFor(get(urlPathMatching(PACKAGES + "/" + id)).willReturn(okJson(json)));
    }

    private static String list(String... packages) {
        return "{\"packages\":" + Stream.of(packages).collect(Collectors.joining(",", "[", "]"))
                + ",\"page\":{\"count\":" + packages.length + "}}";
    }

    private static String packageJson(String id, String key, String sha256) {
        return """
                {"package_id":"%s","app_id":"61f7e74d036aca5be29e1ed4","package_type":"modulePackage",
                 "product_id":"%s","module_name":"MCU","version":"2.0","support_source_versions":["1.0"],
                 "file_location":{"obs_location":{"region_name":"cn-north-4","bucket_name":"fw-bucket",
                  "object_key":"%s","sign":"%s"}}}""".formatted(id, PRODUCT, key, sha256);
    }

    private static ResponseDefinitionBuilder error(String code, int status) {
        return jsonResponse("{\"error_code\":\"" + code + "\",\"error_msg\":\"a message\"}", status);
    }

    private static long requests(String method, String path) {
        return IOTDA.getAllServeEvents().stream()
                .filter(event -> event.getRequest().getMethod().getName().equals(method)
                        && event.getRequest().getUrl().split("\\?")[0].equals(path))
                .count();
    }
}
