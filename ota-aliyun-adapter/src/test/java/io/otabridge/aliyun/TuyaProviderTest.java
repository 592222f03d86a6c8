package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.otabridge.aliyun.AliyunFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tuya's settings and requests, and failures that name only Tuya. */
class TuyaProviderTest {

    private static final NewFirmware NEW = NewFirmware.full(
                    FirmwareCoordinates.wholeDevice(ProductId.of("p1"), FirmwareVersion.of("2.0.0")))
            .build();
    private static final Artifact FILE = Artifact.of("f.bin", new byte[] {1, 2, 3, 4, 5});

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final Map<String, Object> settings = new HashMap<>(Map.of(
            "endpoint",
            SERVER.baseUrl(),
            "credentials",
            Map.of("access-key", "TuyaKey1", "secret-key", "TuyaSecret1")));

    @Test
    void is_found_by_the_service_loader() {
        assertThat(ServiceLoader.load(BackendProvider.class)).hasAtLeastOneElementOfType(TuyaProvider.class);
    }

    @Test
    void reports_vendor_endpoint_and_authentication() {
        settings.put("endpoint", "https://si-1a2b.tuyacloud.com:8686");

        assertThat(backend().vendor().name()).isEqualTo("tuya");
        assertThat(backend().endpoint()).isEqualTo("https://si-1a2b.tuyacloud.com:8686");
        assertThat(backend().authentication()).isEqualTo("AccessKey, HMAC-SHA1");
        assertThat(backend().capabilities().has(Capability.UPDATE_KIND)).isTrue();
    }

    @Test
    void reports_all_configuration_errors_at_once() {
        Map<String, String> environment =
                Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "secret");
        SettingsReader empty = SettingsReader.of("b", Map.<String, Object>of());

        List<ConfigError> errors = new TuyaProvider()
                .open("b", empty, BackendContext.system().withEnvironment(environment))
                .getLeft();

        assertThat(errors.map(ConfigError::key))
                .containsExactlyInAnyOrder("b.endpoint", "b.credentials.access-key", "b.credentials.secret-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"region", "instance-id", "signature", "project-id"})
    void rejects_settings_of_other_vendors(String key) {
        settings.put(key, "cn-shanghai");

        assertThat(open().getLeft().map(ConfigError::key)).containsExactly("b");
    }

    @Test
    void rejects_a_security_token() {
        settings.put("credentials", Map.of("access-key", "a", "secret-key", "s", "security-token", "t"));

        assertThat(open().getLeft().map(ConfigError::key)).containsExactly("b.credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://si-1a2b.tuyacloud.com:8686", "https://si-1a2b.tuyacloud.com/path", "here"})
    void rejects_unsafe_or_invalid_endpoints(String endpoint) {
        settings.put("endpoint", endpoint);

        assertThat(open().getLeft().map(ConfigError::key)).containsExactly("b.endpoint");
    }

    @Test
    void sends_no_parameter_that_tuya_does_not_have() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("tuya.QueryOTAFirmware.json"))));

        assertThat(backend().firmware().find(FirmwareId.of("158")).isRight()).isTrue();

        SERVER.verify(postRequestedFor(urlPathEqualTo("/"))
                .withQueryParam("Action", equalTo("QueryOTAFirmware"))
                .withQueryParam("FirmwareId", equalTo("158"))
                .withQueryParam("SignatureMethod", equalTo("HMAC-SHA1"))
                .withQueryParam("Version", absent())
                .withQueryParam("Format", absent())
                .withQueryParam("RegionId", absent())
                .withQueryParam("SignatureVersion", absent())
                .withQueryParam("IotInstanceId", absent())
                .withHeader("x-acs-action", absent()));
        assertThat(SERVER.getAllServeEvents().get(0).getRequest().getQueryParams())
                .containsOnlyKeys(
                        "Action",
                        "AccessKeyId",
                        "SignatureMethod",
                        "SignatureNonce",
                        "Timestamp",
                        "Signature",
                        "FirmwareId");
    }

    @Test
    void publishes_nothing_without_the_host_of_the_object_store() {
        OtaFailure failure = backend().firmwareCommands().publish(NEW, FILE).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(failure.advice()).contains("Set upload-host-suffix", "nothing was sent");
        assertThat(backend().capabilities().has(Capability.PUBLISH_FIRMWARE)).isFalse();
        assertThat(backend().capabilities().has(Capability.DOWNLOAD_FIRMWARE)).isTrue();
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void publishes_to_the_configured_object_store() {
        settings.put("upload-host-suffix", "localhost");
        String host = SERVER.baseUrl();
        answer("ListOTAFirmware", "{\"success\":true,\"total\":0,\"firmwareInfo\":{}}");
        answer(
                "GenerateOTAUploadURL",
                "{\"success\":true,\"data\":{\"key\":\"k\",\"host\":\"%s\",\"policy\":\"p\",\"ossAccessKeyId\":\"i\",\"signature\":\"s\",\"firmwareUrl\":\"%s/k\"}}"
                        .formatted(host, host));
        SERVER.stubFor(any(anyUrl()).withQueryParam("Action", absent()).willReturn(ok()));
        answer("CreateOTAFirmware", "{\"success\":true,\"data\":{\"firmwareId\":\"158\"}}");
        answer(
                "QueryOTAFirmware",
                "{\"success\":true,\"firmwareInfo\":{\"firmwareId\":158,\"productKey\":\"p1\",\"moduleName\":\"default\",\"destVersion\":\"2.0.0\",\"type\":0,\"firmwareSize\":5,\"firmwareSign\":\"%s\",\"signMethod\":\"Md5\"}}"
                        .formatted(FILE.md5().value()));

        assertThat(backend().firmwareCommands().publish(NEW, FILE).get().warnings())
                .isEmpty();
        SERVER.verify(postRequestedFor(urlPathEqualTo("/"))
                .withQueryParam("Action", equalTo("CreateOTAFirmware"))
                .withQueryParam("ModuleName", equalTo("default"))
                .withQueryParam("FirmwareUrl", equalTo(host + "/k"))
                .withQueryParam("Type", absent())
                .withQueryParam("IotInstanceId", absent()));
    }

    @Test
    void refuses_deltas_and_several_files() {
        settings.put("upload-host-suffix", "localhost");
        NewFirmware delta = NewFirmware.delta(NEW.coordinates(), FirmwareVersion.of("1.0.0"))
                .build();

        OtaFailure noDelta = backend().firmwareCommands().publish(delta, FILE).getLeft();
        assertThat(noDelta).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(noDelta.summary()).isEqualTo("Backend b (Tuya) has no deltas");
        assertThat(backend().firmwareCommands().publish(NEW, FILE, FILE).getLeft())
                .isInstanceOfSatisfying(
                        OtaFailure.Unsupported.class,
                        failure -> assertThat(failure.capability()).isEqualTo(Capability.SEVERAL_FILES));
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://store.example.com",
                "com",
                ".com",
                "a b.example",
                "store.example.com/x",
                ".",
                "-a.example"
            })
    void rejects_invalid_hosts_of_the_object_store(String suffix) {
        settings.put("upload-host-suffix", suffix);

        assertThat(open().getLeft().map(ConfigError::key)).containsExactly("b.upload-host-suffix");
    }

    private static void answer(String action, String body) {
        SERVER.stubFor(any(anyUrl()).withQueryParam("Action", equalTo(action)).willReturn(okJson(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iot.system.InstanceNotFound",
                "iot.prod.NotExistedProduct",
                "iot.ota.FirmwareNotFound",
                "iot.common.RamActionPermissionDeny",
                "iot.ota.CreateOTAModuleExceedLimit",
                "iot.firmware.FirmwareCountExceedMax",
                "iot.whatever",
                "InvalidAccessKeyId.NotFound",
                "Forbidden.RAM",
                "InvalidApi.NotFound",
                "SignatureDoesNotMatch",
                "Throttling"
            })
    void failures_name_only_tuya(String code) {
        SERVER.stubFor(any(anyUrl())
                .willReturn(okJson("{\"success\":false,\"code\":\"" + code + "\",\"errorMessage\":\"a message\"}")));

        assertNamesOnlyTuya(backend().firmware().find(FirmwareId.of("158")).getLeft());
    }

    @Test
    void rejections_name_only_tuya() {
        Backend backend = backend();
        ProductId product = ProductId.of("p");

        List.of(
                        backend.firmware().find(AliyunFixture.ID).getLeft(),
                        backend.firmwareCommands().delete(AliyunFixture.ID).getLeft(),
                        backend.firmwareCommands().publish(NEW, FILE, FILE).getLeft(),
                        backend.modules().find(ModuleRef.id(ModuleId.of("m"))).getLeft(),
                        backend.modules()
                                .find(ModuleRef.named(product, ModuleName.of("名")))
                                .getLeft(),
                        backend.modules().list(product).page(new PageToken("2")).getLeft(),
                        backend.firmware()
                                .list(FirmwareFilter.all().target(FirmwareTarget.software()))
                                .page(PageToken.FIRST)
                                .getLeft())
                .forEach(failure -> {
                    assertThat(failure.summary() + failure.advice()).containsIgnoringCase("tuya");
                    assertNamesOnlyTuya(failure);
                });
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    private static void assertNamesOnlyTuya(OtaFailure failure) {
        assertThat(failure.details().origin().vendor().name()).isEqualTo("tuya");
        assertThat(failure.summary() + failure.advice())
                .doesNotContainIgnoringCase("alibaba")
                .doesNotContainIgnoringCase("aliyun")
                .doesNotContain("RAM", "region", "instance-id", "security token");
    }

    private Backend backend() {
        return open().get();
    }

    private Either<List<ConfigError>, Backend> open() {
        return new TuyaProvider().open("b", SettingsReader.of("b", settings), BackendContext.system());
    }
}
