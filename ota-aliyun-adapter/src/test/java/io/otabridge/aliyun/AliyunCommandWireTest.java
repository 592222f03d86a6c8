package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.otabridge.aliyun.AliyunFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes on the wire, and how often they are sent. */
class AliyunCommandWireTest {

    private static final ProductId PRODUCT = ProductId.of("a1uctKe****");
    private static final NewModule RADIO = NewModule.named(PRODUCT, ModuleName.of("Radio"));
    private static final ModuleRef SCANNER = ModuleRef.named(PRODUCT, ModuleName.of("barcodeScanner"));
    private static final String DONE = "{\"RequestId\":\"r\",\"Success\":true}";

    /** All commands with the operation that makes the change. */
    enum Command {
        CREATE("CreateOTAModule", backend -> backend.moduleCommands().create(RADIO)),
        UPDATE("UpdateOTAModule", backend -> backend.moduleCommands().update(SCANNER, ModuleUpdate.alias("new"))),
        DELETE("DeleteOTAModule", backend -> backend.moduleCommands().delete(SCANNER)),
        DELETE_FIRMWARE(
                "DeleteOTAFirmware", backend -> backend.firmwareCommands().delete(AliyunFixture.ID));

        private final String action;
        private final Function<Backend, Either<OtaFailure, ?>> call;

        Command(String action, Function<Backend, Either<OtaFailure, ?>> call) {
            this.action = action;
            this.call = call;
        }
    }

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final Map<String, Object> settings = AliyunFixture.settings(SERVER.baseUrl());
    private final Backend backend = AliyunFixture.open(settings);

    @Test
    void creates_with_post_and_omits_absent_fields() {
        stubModules();
        stub("CreateOTAModule", okJson(DONE));

        CreateResult<OtaModule> created = backend.moduleCommands()
                .create(RADIO.description("第二 & <radio>"))
                .get();

        assertThat(created.alreadyExisted()).isFalse();
        assertThat(created.value().created()).isEmpty();
        SERVER.verify(postRequestedFor(urlPathEqualTo("/"))
                .withHeader("x-acs-action", equalTo("CreateOTAModule"))
                .withHeader("Content-Length", equalTo("0"))
                .withQueryParam("IotInstanceId", equalTo(AliyunFixture.INSTANCE_ID))
                .withQueryParam("ProductKey", equalTo("a1uctKe****"))
                .withQueryParam("ModuleName", equalTo("Radio"))
                .withQueryParam("AliasName", absent())
                .withQueryParam("Desc", equalTo("第二 & <radio>")));
    }

    @ParameterizedTest
    @EnumSource
    void sends_a_change_once_if_the_response_is_lost(Command command) {
        stubModules();
        stub(command.action, aResponse().withFault(Fault.EMPTY_RESPONSE));

        OtaFailure failure = command.call.apply(backend).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(failure.advice()).contains("retrying the command is safe");
        assertThat(sent(command.action)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void sends_a_change_once_if_the_server_suggests_a_retry(Command command) {
        stubModules();
        stub(command.action, aResponse().withStatus(503).withHeader("Retry-After", "0"));
        assertThat(command.call.apply(backend).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(sent(command.action)).isEqualTo(1);

        stub(command.action, aResponse().withStatus(408));
        assertThat(command.call.apply(backend).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(sent(command.action)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void advises_repeating_a_change_after_an_unreadable_response(Command command) {
        stubModules();
        stub(command.action, okJson("{\"RequestId\":\"r\"}"));

        OtaFailure failure = command.call.apply(backend).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.advice()).contains("retrying the command is safe");
    }

    @ParameterizedTest
    @EnumSource
    void reports_what_was_rejected(Command command) {
        stubModules();
        stub(command.action, errorResponse("iot.common.InvalidFormattedParameter"));

        OtaFailure failure = command.call.apply(backend).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .matches("Backend legacy rejected the request for the (creation|change|deletion) of .*");
        assertThat(failure.advice()).doesNotContain("asking again");
    }

    @Test
    void finds_the_module_that_another_caller_created_first() {
        String later = payload("ListOTAModuleByProduct.json")
                .replaceFirst("\"Data\": *\\[", "\"Data\":[{\"ProductKey\":\"a1uctKe****\",\"ModuleName\":\"Radio\"},");
        stubModulesTwice(payload("ListOTAModuleByProduct.json"), later);
        stub("CreateOTAModule", errorResponse("iot.ota.CreateOTAModuleNameExist"));

        assertThat(backend.moduleCommands().create(RADIO).get().alreadyExisted())
                .isTrue();
        assertThat(sent("CreateOTAModule")).isEqualTo(1);
        assertThat(sent("ListOTAModuleByProduct")).isEqualTo(2);
    }

    @Test
    void returns_the_rejection_if_the_module_does_not_exist() {
        stubModules();
        stub("CreateOTAModule", errorResponse("iot.ota.CreateOTAModuleNameExist"));

        OtaFailure failure = backend.moduleCommands().create(RADIO).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.vendorCode()).contains("iot.ota.CreateOTAModuleNameExist");
        assertThat(sent("CreateOTAModule")).isEqualTo(1);
    }

    @Test
    void rejects_a_name_that_differs_only_in_case() {
        stubModules();

        OtaFailure failure = backend.moduleCommands()
                .create(NewModule.named(PRODUCT, ModuleName.of("BarcodeScanner")))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("module barcodeScanner already").contains("BarcodeScanner");
        assertThat(sent("CreateOTAModule")).isZero();
    }

    @Test
    void creates_nothing_in_an_unknown_product() {
        stub("ListOTAModuleByProduct", errorResponse("iot.prod.NotExistedProduct"));

        OtaFailure failure = backend.moduleCommands().create(RADIO).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary())
                .isEqualTo(
                        "The product does not exist on backend legacy; the request was for modules of product a1uctKe****");
        assertThat(failure.advice()).contains("map the name in products");
        assertThat(sent("CreateOTAModule")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "iot.ota.CreateOTAModuleExceedLimit, at most 10 custom modules",
        "iot.firmware.ModuleCountLimitExceeded, at most 10 custom modules",
        "iot.firmware.InvalidProductKey, see the vendor's code and message"
    })
    void explains_why_a_module_cannot_be_created(String code, String advice) {
        stubModules();
        stub("CreateOTAModule", errorResponse(code));

        OtaFailure failure = backend.moduleCommands().create(RADIO).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains(advice);
        assertThat(sent("ListOTAModuleByProduct")).isEqualTo(1);
    }

    @Test
    void reports_a_missing_product_of_a_new_module() {
        stubModules();
        stub("CreateOTAModule", errorResponse("iot.prod.NotExistedProduct"));

        assertThat(backend.moduleCommands().create(RADIO).getLeft().summary())
                .isEqualTo(
                        "The product does not exist on backend legacy; the request was for the new module Radio of product"
                                + " a1uctKe****");
    }

    @Test
    void updates_an_alias_and_sends_the_description_too() {
        stubModules();
        stub("UpdateOTAModule", okJson(DONE));

        OtaModule changed = backend.moduleCommands()
                .update(SCANNER, ModuleUpdate.alias("scanner-2"))
                .get();

        assertThat(changed.description()).isEqualTo(AliyunFixture.MODULE.description());
        assertThat(changed.modified()).isEmpty();
        SERVER.verify(postRequestedFor(urlPathEqualTo("/"))
                .withHeader("x-acs-action", equalTo("UpdateOTAModule"))
                .withQueryParam("ProductKey", equalTo("a1uctKe****"))
                .withQueryParam("ModuleName", equalTo("barcodeScanner"))
                .withQueryParam("AliasName", equalTo("scanner-2"))
                .withQueryParam(
                        "Desc", equalTo(AliyunFixture.MODULE.description().get())));
    }

    @Test
    void omits_absent_fields_of_an_update() {
        stubModules();
        stub("UpdateOTAModule", okJson(DONE));

        backend.moduleCommands()
                .update(ModuleRef.named(PRODUCT, ModuleName.of("default")), ModuleUpdate.alias("all"))
                .get();

        SERVER.verify(postRequestedFor(urlPathEqualTo("/"))
                .withHeader("x-acs-action", equalTo("UpdateOTAModule"))
                .withQueryParam("Desc", absent()));
    }

    @Test
    void sends_no_update_without_a_difference() {
        stubModules();
        OtaModule existing = AliyunFixture.MODULE;

        assertThat(backend.moduleCommands()
                        .update(SCANNER, new ModuleUpdate(existing.alias(), Option.none()))
                        .get())
                .isEqualTo(existing);
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }

    @Test
    void rejects_texts_that_are_too_long_without_a_request() {
        for (ModuleUpdate change :
                new ModuleUpdate[] {ModuleUpdate.alias("名".repeat(65)), ModuleUpdate.description("d".repeat(101))}) {
            assertThat(backend.moduleCommands().update(SCANNER, change).getLeft())
                    .isInstanceOf(OtaFailure.Rejected.class);
        }
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void does_not_delete_the_default_module() {
        OtaFailure failure = backend.moduleCommands()
                .delete(ModuleRef.named(PRODUCT, ModuleName.of("default")))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("whole device");
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "iot.ota.DeleteOTAModulePackageExist, packages of this module",
        "iot.ota.DeleteOtaDefaultModule, whole device"
    })
    void explains_why_a_module_cannot_be_deleted(String code, String advice) {
        stubModules();
        stub("DeleteOTAModule", errorResponse(code));

        OtaFailure failure = backend.moduleCommands().delete(SCANNER).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains(advice);
    }

    @Test
    void treats_a_concurrently_deleted_module_as_deleted() {
        stubModules();
        stub("DeleteOTAModule", errorResponse("iot.ota.ModuleNotFound"));

        assertThat(backend.moduleCommands().delete(SCANNER).get()).isEqualTo(DeleteResult.NOT_FOUND);
    }

    @Test
    void deletes_no_module_whose_name_differs_in_case() {
        stubModules();

        assertThat(backend.moduleCommands()
                        .delete(ModuleRef.named(PRODUCT, ModuleName.of("BarcodeScanner")))
                        .get())
                .isEqualTo(DeleteResult.NOT_FOUND);
        assertThat(sent("DeleteOTAModule")).isZero();
    }

    @Test
    void deletes_no_module_if_the_lookup_fails() {
        stub("ListOTAModuleByProduct", errorResponse("iot.system.SystemException"));

        assertThat(backend.moduleCommands().delete(SCANNER).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iot.ota.FirmwareNotFound", "iot.firmware.FirmwareNotFound"})
    void treats_missing_firmware_as_deleted(String code) {
        stub("DeleteOTAFirmware", errorResponse(code));

        assertThat(backend.firmwareCommands().delete(AliyunFixture.ID).get()).isEqualTo(DeleteResult.NOT_FOUND);
    }

    @Test
    void does_not_treat_a_missing_product_or_address_as_deleted() {
        stub("DeleteOTAFirmware", errorResponse("iot.prod.NotExistedProduct"));
        assertThat(backend.firmwareCommands().delete(AliyunFixture.ID).getLeft())
                .isInstanceOf(OtaFailure.NotFound.class);

        stub("DeleteOTAFirmware", aResponse().withStatus(404));
        assertThat(backend.firmwareCommands().delete(AliyunFixture.ID).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
    }

    @Test
    void dry_runs_return_the_same_rejections() {
        ModuleCommandPort commands = backend.moduleCommands();
        ModuleRef wholeDevice = ModuleRef.named(PRODUCT, ModuleName.of("default"));
        stubModules();

        for (NewModule invalid :
                List.of(RADIO.alias("a".repeat(200)), NewModule.named(PRODUCT, ModuleName.of("BarcodeScanner")))) {
            assertThat(commands.dryRun().create(invalid).getLeft())
                    .isInstanceOf(OtaFailure.Rejected.class)
                    .isEqualTo(commands.create(invalid).getLeft());
        }
        assertThat(commands.dryRun().delete(wholeDevice).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class)
                .isEqualTo(commands.delete(wholeDevice).getLeft());

        stub("ListOTAModuleByProduct", errorResponse("iot.prod.NotExistedProduct"));
        assertThat(commands.dryRun().create(RADIO).getLeft())
                .isInstanceOf(OtaFailure.NotFound.class)
                .isEqualTo(commands.create(RADIO).getLeft());
    }

    @Test
    void dry_runs_report_missing_firmware_only_by_its_code() {
        FirmwareCommandPort dryRun = backend.firmwareCommands().dryRun();

        stub("QueryOTAFirmware", errorResponse("iot.ota.FirmwareNotFound"));
        assertThat(dryRun.delete(AliyunFixture.ID).get()).isEqualTo(DeleteResult.NOT_FOUND);

        stub("QueryOTAFirmware", errorResponse("iot.prod.NotExistedProduct"));
        assertThat(dryRun.delete(AliyunFixture.ID).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    private static void stubModules() {
        stub("ListOTAModuleByProduct", okJson(payload("ListOTAModuleByProduct.json")));
    }

    private static void stubModulesTwice(String body, String later) {
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("ListOTAModuleByProduct"))
                .inScenario("lookup")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("listed")
                .willReturn(okJson(body)));
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("ListOTAModuleByProduct"))
                .inScenario("lookup")
                .whenScenarioStateIs("listed")
                .willReturn(okJson(later)));
    }

    private static void stub(String action, ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).withHeader("x-acs-action", equalTo(action)).willReturn(response));
    }

    private static ResponseDefinitionBuilder errorResponse(String code) {
        return okJson(
                "{\"RequestId\":\"r\",\"Success\":false,\"Code\":\"" + code + "\",\"ErrorMessage\":\"a message\"}");
    }

    private static int sent(String action) {
        return SERVER.findAll(anyRequestedFor(anyUrl()).withHeader("x-acs-action", equalTo(action)))
                .size();
    }
}
