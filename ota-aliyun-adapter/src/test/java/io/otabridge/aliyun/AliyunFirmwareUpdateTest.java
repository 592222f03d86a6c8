package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.otabridge.aliyun.AliyunFixture.ID;
import static io.otabridge.aliyun.AliyunFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes of a package's texts on the wire, in both dialects. */
class AliyunFirmwareUpdateTest {

    private static final Firmware EXISTING = AliyunFixture.SINGLE_FILE;
    private static final String TUYA_DONE = payload("tuya.ModifyOTAFirmware.json");

    @RegisterExtension
    static final WireMockExtension SERVER = PublishServers.newServer();

    private final Backend backend = AliyunFixture.open(AliyunFixture.settings(SERVER.baseUrl()));

    @Test
    void sends_a_change_with_the_texts_that_stay() {
        stub("QueryOTAFirmware", payload("QueryOTAFirmware.json"));
        stub("ModifyOTAFirmware", payload("ModifyOTAFirmware.json"));

        backend.firmwareCommands()
                .update(ID, new FirmwareUpdate(EXISTING.name(), Option.some("another & text"), Option.none()))
                .get();

        assertThat(parameters("ModifyOTAFirmware"))
                .containsOnly(
                        Map.entry("IotInstanceId", AliyunFixture.INSTANCE_ID),
                        Map.entry("FirmwareId", ID.value()),
                        Map.entry("ProductKey", "a19mzPZ****"),
                        Map.entry("FirmwareDesc", "another & text"),
                        Map.entry("FirmwareUdi", EXISTING.customInfo().get()));
    }

    @Test
    void returns_the_details_after_the_change() {
        String before = payload("QueryOTAFirmware.json");
        stubTwice(okJson(before), okJson(before.replace("t3q5rkNm", "release-8").replace("02:42:41", "05:00:00")));
        stub("ModifyOTAFirmware", payload("ModifyOTAFirmware.json"));

        Firmware updated =
                backend.firmwareCommands().update(ID, rename("release-8")).get();

        assertThat(updated.name()).contains("release-8");
        assertThat(updated.modified()).contains(AliyunFixture.time("2019-12-28T05:00:00.000Z"));
    }

    @Test
    void returns_the_change_if_the_details_cannot_be_read_afterwards() {
        stubTwice(okJson(payload("QueryOTAFirmware.json")), WireMock.aResponse().withStatus(503));
        stub("ModifyOTAFirmware", payload("ModifyOTAFirmware.json"));

        Firmware updated =
                backend.firmwareCommands().update(ID, rename("release-8")).get();

        assertThat(updated.name()).contains("release-8");
        assertThat(updated.files()).isEqualTo(EXISTING.files());
        assertThat(updated.modified()).isEmpty();
    }

    @Test
    void renames_a_package() {
        stub("QueryOTAFirmware", payload("QueryOTAFirmware.json"));
        stub("ModifyOTAFirmware", payload("ModifyOTAFirmware.json"));

        assertThat(backend.firmwareCommands().update(ID, rename("release-8")).isRight())
                .isTrue();
        assertThat(parameters("ModifyOTAFirmware")).containsEntry("FirmwareName", "release-8");
    }

    @Test
    void sends_no_change_without_a_difference() {
        stub("QueryOTAFirmware", payload("QueryOTAFirmware.json"));

        Firmware same = backend.firmwareCommands()
                .update(ID, new FirmwareUpdate(EXISTING.name(), EXISTING.description(), EXISTING.customInfo()))
                .get();

        assertThat(same).isEqualTo(EXISTING);
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }

    @Test
    void sends_no_change_in_a_dry_run() {
        stub("QueryOTAFirmware", payload("QueryOTAFirmware.json"));

        assertThat(backend.firmwareCommands()
                        .dryRun()
                        .update(ID, rename("release-8"))
                        .get()
                        .name())
                .contains("release-8");
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }

    @Test
    void sends_nothing_for_texts_that_violate_the_rules() {
        List.of(
                        rename("a.b"),
                        new FirmwareUpdate(Option.none(), Option.some("d".repeat(101)), Option.none()),
                        new FirmwareUpdate(Option.none(), Option.none(), Option.some("u".repeat(4097))))
                .forEach(update -> assertThat(
                                backend.firmwareCommands().update(ID, update).getLeft())
                        .isInstanceOf(OtaFailure.Rejected.class));
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void reports_a_package_that_does_not_exist() {
        stub("QueryOTAFirmware", payload("error.business.http200.firmware-not-found.json"));

        assertThat(backend.firmwareCommands().update(ID, rename("n")).getLeft())
                .isInstanceOf(OtaFailure.NotFound.class);

        stub("QueryOTAFirmware", payload("QueryOTAFirmware.json"));
        stub("ModifyOTAFirmware", payload("error.business.http200.firmware-not-found.json"));

        OtaFailure failure = backend.firmwareCommands().update(ID, rename("n")).getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).isEqualTo("Firmware " + ID + " does not exist on backend legacy");
    }

    @Test
    void sends_a_change_once_if_the_response_is_lost() {
        stub("QueryOTAFirmware", payload("QueryOTAFirmware.json"));
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("ModifyOTAFirmware"))
                .willReturn(WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE)));

        OtaFailure failure = backend.firmwareCommands().update(ID, rename("n")).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(failure.advice()).contains("retrying the command is safe");
        assertThat(SERVER.getAllServeEvents()).hasSize(2);
    }

    @Test
    void sends_tuya_the_name_and_its_own_field_for_custom_info() {
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("QueryOTAFirmware"))
                .willReturn(okJson(payload("tuya.QueryOTAFirmware.json"))));
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("ModifyOTAFirmware"))
                .willReturn(okJson(TUYA_DONE)));
        Backend tuya = new TuyaProvider()
                .open(
                        "deployment",
                        SettingsReader.of(
                                "backends.deployment",
                                Map.of(
                                        "endpoint",
                                        SERVER.baseUrl(),
                                        "credentials",
                                        Map.of("access-key", "TuyaKey1", "secret-key", "TuyaSecret1"))),
                        BackendContext.system())
                .get();
        Firmware existing = tuya.firmware().find(FirmwareId.of("158")).get();

        assertThat(tuya.firmwareCommands()
                        .update(
                                existing.id(),
                                new FirmwareUpdate(Option.none(), Option.none(), Option.some("{\"a\":1}")))
                        .isRight())
                .isTrue();

        Map<String, String> sent = PublishServers.parameters(
                SERVER.findAll(anyRequestedFor(anyUrl()).withQueryParam("Action", equalTo("ModifyOTAFirmware")))
                        .get(0));
        assertThat(sent)
                .containsEntry("FirmwareName", existing.name().get())
                .containsEntry("Udi", "{\"a\":1}")
                .doesNotContainKeys("FirmwareUdi", "IotInstanceId");
    }

    private static FirmwareUpdate rename(String name) {
        return new FirmwareUpdate(Option.some(name), Option.none(), Option.none());
    }

    private static void stubTwice(ResponseDefinitionBuilder first, ResponseDefinitionBuilder second) {
        SERVER.stubFor(PublishServers.action("QueryOTAFirmware")
                .inScenario("details")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("changed")
                .willReturn(first));
        SERVER.stubFor(PublishServers.action("QueryOTAFirmware")
                .inScenario("details")
                .whenScenarioStateIs("changed")
                .willReturn(second));
    }

    private static void stub(String action, String body) {
        SERVER.stubFor(any(anyUrl()).withHeader("x-acs-action", equalTo(action)).willReturn(okJson(body)));
    }

    private static Map<String, String> parameters(String action) {
        return PublishServers.parameters(
                SERVER.findAll(anyRequestedFor(anyUrl()).withHeader("x-acs-action", equalTo(action)))
                        .get(0));
    }
}
