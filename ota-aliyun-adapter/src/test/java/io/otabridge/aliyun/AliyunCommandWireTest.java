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

/** What a change looks like on Alibaba's wire, and how often it is sent. */
class AliyunCommandWireTest {

    private static final ProductId PRODUCT = ProductId.of("a1uctKe****");
    private static final NewModule RADIO = NewModule.named(PRODUCT, ModuleName.of("Radio"));
    private static final ModuleRef SCANNER = ModuleRef.named(PRODUCT, ModuleName.of("barcodeScanner"));
    private static final String DONE = "{\"RequestId\":\"r\",\"Success\":true}";

    /** Every command, and the operation it ends in. */
    enum Command {
        CREATE("CreateOTAModule", backend -> backend.moduleCommands().create(RADIO)),
        UPDATE("UpdateOTAModule", backend -> backend.moduleCommands().update(SCANNER, ModuleUpdate.alias("new"))),
        DELETE("DeleteOTAModule", backend -> backend.moduleCommands().delete(SCANNER)),
        DELETE_FIRMWARE(
                "DeleteOTAFirmware", backend -> backend.firmwareCommands().delete(AliyunFixture.ID));

        private final String action;
        private final Function<Backend, Either<OtaFailure, ?>> order;

        Command(String action, Function<Backend, Either<OtaFailure, ?>> order) {
            this.action = action;
            this.order = order;
        }
    }

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final Map<String, Object> settings = AliyunFixture.settings(SERVER.baseUrl());
    private final Backend backend = AliyunFixture.open(settings);

    @Test
    void creates_with_post_and_sends_nothing_empty() {
        look();
        answer("CreateOTAModule", okJson(DONE));

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
    void sends_a_change_once_though_the_connection_is_cut(Command command) {
        look();
        answer(command.action, aResponse().withFault(Fault.EMPTY_RESPONSE));

        OtaFailure failure = command.order.apply(backend).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(failure.advice()).contains("retrying the command is safe");
        assertThat(sent(command.action)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void sends_a_change_once_though_the_server_asks_for_more(Command command) {
        look();
        answer(command.action, aResponse().withStatus(503).withHeader("Retry-After", "0"));
        assertThat(command.order.apply(backend).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(sent(command.action)).isEqualTo(1);

        answer(command.action, aResponse().withStatus(408));
        assertThat(command.order.apply(backend).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(sent(command.action)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void leaves_it_open_whether_an_unreadable_change_was_made(Command command) {
        look();
        answer(command.action, okJson("{\"RequestId\":\"r\"}"));

        OtaFailure failure = command.order.apply(backend).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.advice()).contains("retrying the command is safe");
    }

    @ParameterizedTest
    @EnumSource
    void says_what_was_refused(Command command) {
        look();
        answer(command.action, refusal("iot.common.InvalidFormattedParameter"));

        OtaFailure failure = command.order.apply(backend).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .matches("Backend legacy rejected the request for the (creation|change|deletion) of .*");
        assertThat(failure.advice()).doesNotContain("asking again");
    }

    @Test
    void finds_what_somebody_else_made_first() {
        String later = payload("ListOTAModuleByProduct.json")
                .replaceFirst("\"Data\": *\\[", "\"Data\":[{\"ProductKey\":\"a1uctKe****\",\"ModuleName\":\"Radio\"},");
        lookFirst(payload("ListOTAModuleByProduct.json"), later);
        answer("CreateOTAModule", refusal("iot.ota.CreateOTAModuleNameExist"));

        assertThat(backend.moduleCommands().create(RADIO).get().alreadyExisted())
                .isTrue();
        assertThat(sent("CreateOTAModule")).isEqualTo(1);
        assertThat(sent("ListOTAModuleByProduct")).isEqualTo(2);
    }

    @Test
    void passes_the_refusal_on_if_nobody_made_it() {
        look();
        answer("CreateOTAModule", refusal("iot.ota.CreateOTAModuleNameExist"));

        OtaFailure failure = backend.moduleCommands().create(RADIO).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.vendorCode()).contains("iot.ota.CreateOTAModuleNameExist");
        assertThat(sent("CreateOTAModule")).isEqualTo(1);
    }

    @Test
    void creates_no_name_that_differs_only_in_case() {
        look();

        OtaFailure failure = backend.moduleCommands()
                .create(NewModule.named(PRODUCT, ModuleName.of("BarcodeScanner")))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("module barcodeScanner already").contains("BarcodeScanner");
        assertThat(sent("CreateOTAModule")).isZero();
    }

    @Test
    void creates_nothing_in_a_product_nobody_knows() {
        answer("ListOTAModuleByProduct", refusal("iot.prod.NotExistedProduct"));

        OtaFailure failure = backend.moduleCommands().create(RADIO).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary())
                .isEqualTo(
                        "The product does not exist on backend legacy; the request was for modules of product a1uctKe****");
        assertThat(sent("CreateOTAModule")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "iot.ota.CreateOTAModuleExceedLimit, 10 of its own",
        "iot.firmware.ModuleCountLimitExceeded, 10 of its own",
        "iot.firmware.InvalidProductKey, the vendor's code and message say more"
    })
    void says_why_a_module_cannot_be_made(String code, String advice) {
        look();
        answer("CreateOTAModule", refusal(code));

        OtaFailure failure = backend.moduleCommands().create(RADIO).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains(advice);
        assertThat(sent("ListOTAModuleByProduct")).isEqualTo(1);
    }

    @Test
    void names_the_product_that_vanished_before_the_creation() {
        look();
        answer("CreateOTAModule", refusal("iot.prod.NotExistedProduct"));

        assertThat(backend.moduleCommands().create(RADIO).getLeft().summary())
                .isEqualTo(
                        "The product does not exist on backend legacy; the request was for the new module Radio of product"
                                + " a1uctKe****");
    }

    @Test
    void changes_the_alias_and_sends_the_description_too() {
        look();
        answer("UpdateOTAModule", okJson(DONE));

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
    void leaves_out_of_a_change_what_neither_side_has() {
        look();
        answer("UpdateOTAModule", okJson(DONE));

        backend.moduleCommands()
                .update(ModuleRef.named(PRODUCT, ModuleName.of("default")), ModuleUpdate.alias("all"))
                .get();

        SERVER.verify(postRequestedFor(urlPathEqualTo("/"))
                .withHeader("x-acs-action", equalTo("UpdateOTAModule"))
                .withQueryParam("Desc", absent()));
    }

    @Test
    void sends_no_change_that_changes_nothing() {
        look();
        OtaModule there = AliyunFixture.MODULE;

        assertThat(backend.moduleCommands()
                        .update(SCANNER, new ModuleUpdate(there.alias(), Option.none()))
                        .get())
                .isEqualTo(there);
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }

    @Test
    void refuses_texts_that_are_too_long_before_anything_is_sent() {
        for (ModuleUpdate change :
                new ModuleUpdate[] {ModuleUpdate.alias("名".repeat(65)), ModuleUpdate.description("d".repeat(101))}) {
            assertThat(backend.moduleCommands().update(SCANNER, change).getLeft())
                    .isInstanceOf(OtaFailure.Rejected.class);
        }
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void keeps_the_module_that_stands_for_the_whole_device() {
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
    void says_why_a_module_stays(String code, String advice) {
        look();
        answer("DeleteOTAModule", refusal(code));

        OtaFailure failure = backend.moduleCommands().delete(SCANNER).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains(advice);
    }

    @Test
    void has_deleted_a_module_that_vanished_in_between() {
        look();
        answer("DeleteOTAModule", refusal("iot.ota.ModuleNotFound"));

        assertThat(backend.moduleCommands().delete(SCANNER).get()).isEqualTo(DeleteResult.ABSENT);
    }

    @Test
    void deletes_no_module_whose_name_differs_in_case() {
        look();

        assertThat(backend.moduleCommands()
                        .delete(ModuleRef.named(PRODUCT, ModuleName.of("BarcodeScanner")))
                        .get())
                .isEqualTo(DeleteResult.ABSENT);
        assertThat(sent("DeleteOTAModule")).isZero();
    }

    @Test
    void deletes_no_module_that_it_could_not_look_at() {
        answer("ListOTAModuleByProduct", refusal("iot.system.SystemException"));

        assertThat(backend.moduleCommands().delete(SCANNER).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iot.ota.FirmwareNotFound", "iot.firmware.FirmwareNotFound"})
    void has_deleted_firmware_that_is_not_there(String code) {
        answer("DeleteOTAFirmware", refusal(code));

        assertThat(backend.firmwareCommands().delete(AliyunFixture.ID).get()).isEqualTo(DeleteResult.ABSENT);
    }

    @Test
    void takes_no_missing_product_or_address_for_deleted_firmware() {
        answer("DeleteOTAFirmware", refusal("iot.prod.NotExistedProduct"));
        assertThat(backend.firmwareCommands().delete(AliyunFixture.ID).getLeft())
                .isInstanceOf(OtaFailure.NotFound.class);

        answer("DeleteOTAFirmware", aResponse().withStatus(404));
        assertThat(backend.firmwareCommands().delete(AliyunFixture.ID).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
    }

    @Test
    void foresees_what_it_would_refuse() {
        ModuleCommandPort commands = backend.moduleCommands();
        ModuleRef wholeDevice = ModuleRef.named(PRODUCT, ModuleName.of("default"));
        look();

        for (NewModule wrong :
                List.of(RADIO.alias("a".repeat(200)), NewModule.named(PRODUCT, ModuleName.of("BarcodeScanner")))) {
            assertThat(commands.dryRun().create(wrong).getLeft())
                    .isInstanceOf(OtaFailure.Rejected.class)
                    .isEqualTo(commands.create(wrong).getLeft());
        }
        assertThat(commands.dryRun().delete(wholeDevice).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class)
                .isEqualTo(commands.delete(wholeDevice).getLeft());

        answer("ListOTAModuleByProduct", refusal("iot.prod.NotExistedProduct"));
        assertThat(commands.dryRun().create(RADIO).getLeft())
                .isInstanceOf(OtaFailure.NotFound.class)
                .isEqualTo(commands.create(RADIO).getLeft());
    }

    @Test
    void foresees_absence_of_firmware_only_where_it_is_said() {
        FirmwareCommandPort dryRun = backend.firmwareCommands().dryRun();

        answer("QueryOTAFirmware", refusal("iot.ota.FirmwareNotFound"));
        assertThat(dryRun.delete(AliyunFixture.ID).get()).isEqualTo(DeleteResult.ABSENT);

        answer("QueryOTAFirmware", refusal("iot.prod.NotExistedProduct"));
        assertThat(dryRun.delete(AliyunFixture.ID).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    private static void look() {
        answer("ListOTAModuleByProduct", okJson(payload("ListOTAModuleByProduct.json")));
    }

    private static void lookFirst(String body, String later) {
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("ListOTAModuleByProduct"))
                .inScenario("look")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("seen")
                .willReturn(okJson(body)));
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("ListOTAModuleByProduct"))
                .inScenario("look")
                .whenScenarioStateIs("seen")
                .willReturn(okJson(later)));
    }

    private static void answer(String action, ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).withHeader("x-acs-action", equalTo(action)).willReturn(response));
    }

    private static ResponseDefinitionBuilder refusal(String code) {
        return okJson("{\"RequestId\":\"r\",\"Success\":false,\"Code\":\"" + code + "\",\"ErrorMessage\":\"words\"}");
    }

    private static int sent(String action) {
        return SERVER.findAll(anyRequestedFor(anyUrl()).withHeader("x-acs-action", equalTo(action)))
                .size();
    }
}
