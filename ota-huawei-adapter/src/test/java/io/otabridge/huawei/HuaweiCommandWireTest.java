package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.otabridge.huawei.HuaweiFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.control.Either;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes on the wire, and how often they are sent. */
class HuaweiCommandWireTest {

    private static final String BASE = "/v5/iot/" + HuaweiFixture.PROJECT_ID + "/ota-upgrades";
    private static final String MODULES = BASE + "/modules";
    private static final String ID = "28f61af50fc9452aa0ed5ea25c3cc3d3";
    private static final String MODULE = MODULES + "/" + ID;
    private static final String PACKAGE = BASE + "/packages/" + ID;
    private static final NewModule MCU = NewModule.named(ProductId.of("5ba24f5ebbe8f56f5a14f605"), ModuleName.of("MCU"))
            .alias("微控制单元")
            .description("微控制单元固件模块");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final Map<String, Object> settings = HuaweiFixture.settings(SERVER.baseUrl());

    @Test
    void creates_a_module_as_documented() {
        givenNoModule();
        SERVER.stubFor(post(urlEqualTo(MODULES)).willReturn(jsonResponse(payload("module-found-chinese"), 201)));

        CreateResult<OtaModule> created = commands().create(MCU).get();

        assertThat(created.alreadyExisted()).isFalse();
        assertThat(created.value().id()).contains(ModuleId.of(ID));
        SERVER.verify(postRequestedFor(urlEqualTo(MODULES))
                .withHeader("Instance-Id", equalTo(HuaweiFixture.INSTANCE_ID))
                .withHeader("Content-Type", equalTo("application/json"))
                .withHeader("Accept", equalTo("application/json"))
                .withHeader(
                        "Authorization",
                        matching("SDK-HMAC-SHA256 Access=" + HuaweiFixture.ACCESS_KEY
                                + ", SignedHeaders=accept;host;instance-id;x-sdk-date, Signature=[0-9a-f]{64}"))
                .withRequestBody(equalToJson("""
                        {"app_id": "61f7e74d036aca5be29e1ed4", "product_id": "5ba24f5ebbe8f56f5a14f605",
                         "module_name": "MCU", "alias_name": "微控制单元", "description": "微控制单元固件模块"}""")));
    }

    @Test
    void omits_absent_fields_of_a_new_module() {
        givenNoModule();
        SERVER.stubFor(post(urlEqualTo(MODULES)).willReturn(jsonResponse(payload("module-found"), 201)));

        commands().create(NewModule.named(MCU.product(), MCU.name())).get();

        SERVER.verify(postRequestedFor(urlEqualTo(MODULES)).withRequestBody(equalToJson("""
                {"app_id": "61f7e74d036aca5be29e1ed4", "product_id": "5ba24f5ebbe8f56f5a14f605",
                 "module_name": "MCU"}""")));
    }

    /** The connection was used for the lookup before, so HTTP clients would retry the request. */
    static Stream<Arguments> responsesThatClientsRetry() {
        return Stream.of(
                arguments(OtaFailure.OutcomeUnknown.class, aResponse().withFault(Fault.EMPTY_RESPONSE)),
                arguments(OtaFailure.OutcomeUnknown.class, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                arguments(
                        OtaFailure.Unavailable.class,
                        aResponse().withStatus(503).withHeader("Retry-After", "0")),
                arguments(OtaFailure.Unavailable.class, aResponse().withStatus(408)),
                arguments(
                        OtaFailure.Unavailable.class,
                        aResponse().withStatus(408).withHeader("Retry-After", "0")));
    }

    @ParameterizedTest
    @MethodSource("responsesThatClientsRetry")
    void sends_a_creation_once(Class<? extends OtaFailure> kind, ResponseDefinitionBuilder response) {
        givenNoModule();
        SERVER.stubFor(post(anyUrl()).willReturn(response));

        OtaFailure failure = commands().create(MCU).getLeft();

        assertThat(failure).isInstanceOf(kind);
        assertThat(failure.advice()).endsWith("; retrying the command is safe, even if the change was made");
        SERVER.verify(1, postRequestedFor(anyUrl()));
        SERVER.verify(1, getRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @MethodSource("responsesThatClientsRetry")
    void sends_an_update_once(Class<? extends OtaFailure> kind, ResponseDefinitionBuilder response) {
        givenModule();
        SERVER.stubFor(put(anyUrl()).willReturn(response));

        OtaFailure failure =
                commands().update(MCU.toRef(), ModuleUpdate.alias("another")).getLeft();

        assertThat(failure).isInstanceOf(kind);
        assertThat(failure.advice()).contains("retrying the command is safe");
        SERVER.verify(1, putRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @MethodSource("responsesThatClientsRetry")
    void sends_a_deletion_once(Class<? extends OtaFailure> kind, ResponseDefinitionBuilder response) {
        givenModule();
        SERVER.stubFor(delete(anyUrl()).willReturn(response));

        OtaFailure failure = commands().delete(MCU.toRef()).getLeft();

        assertThat(failure).isInstanceOf(kind);
        assertThat(failure.advice()).contains("retrying the command is safe");
        SERVER.verify(1, deleteRequestedFor(anyUrl()));
    }

    @Test
    void sends_no_creation_if_the_module_exists() {
        givenModule();

        CreateResult<OtaModule> created = commands()
                .create(MCU.alias("Micro Controller Unit").description("Microcontroller unit firmware module."))
                .get();

        assertThat(created).isEqualTo(new CreateResult<>(HuaweiFixture.MODULE, true));
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void sends_no_creation_if_the_product_id_differs_only_in_case() {
        givenModule(payload("module-found-chinese"));
        NewModule upper = new NewModule(
                ProductId.of(MCU.product().value().toUpperCase(Locale.ROOT)),
                MCU.name(),
                MCU.alias(),
                MCU.description());

        assertThat(commands().create(upper).get().alreadyExisted()).isTrue();
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void sends_no_creation_if_the_lookup_fails() {
        SERVER.stubFor(get(anyUrl()).willReturn(jsonResponse(payload("error-403-throttled"), 403)));

        assertThat(commands().create(MCU).getLeft()).isInstanceOf(OtaFailure.RateLimited.class);
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @CsvSource({"400, IOTDA.019302", "403, IOTDA.019302", "409, IOTDA.019302"})
    void finds_the_module_that_another_caller_created_first(int status, String code) {
        givenModuleFromTheSecondLookupOn("{\"modules\":[" + payload("module-found-chinese") + "]}");
        SERVER.stubFor(post(anyUrl()).willReturn(errorResponse(status, code)));

        CreateResult<OtaModule> created = commands().create(MCU).get();

        assertThat(created.alreadyExisted()).isTrue();
        assertThat(MCU.describes(created.value())).isTrue();
        SERVER.verify(1, postRequestedFor(anyUrl()));
        SERVER.verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void rejects_a_creation_if_another_caller_created_a_different_module() {
        givenModuleFromTheSecondLookupOn("{\"modules\":[" + payload("module-found") + "]}");
        SERVER.stubFor(post(anyUrl()).willReturn(errorResponse(400, "IOTDA.019302")));

        OtaFailure failure = commands().create(MCU).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .isEqualTo("Backend prod has module MCU of product 5ba24f5ebbe8f56f5a14f605 already, with another alias"
                        + " or description");
    }

    @Test
    void returns_the_rejection_if_the_module_does_not_exist() {
        givenNoModule();
        SERVER.stubFor(post(anyUrl()).willReturn(errorResponse(400, "IOTDA.019303")));

        OtaFailure failure = commands().create(MCU).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .isEqualTo("Backend prod rejected the request for the new module MCU of product"
                        + " 5ba24f5ebbe8f56f5a14f605");
        assertThat(failure.vendorCode()).contains("IOTDA.019303");
        assertThat(failure.advice()).startsWith("Delete a module first if the product has ten custom modules");
        SERVER.verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void reports_a_missing_product_of_a_new_module() {
        givenNoModule();
        SERVER.stubFor(post(anyUrl()).willReturn(errorResponse(400, "IOTDA.014204")));

        OtaFailure failure = commands().create(MCU).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary())
                .isEqualTo(
                        "The product does not exist on backend prod; the request was for the new module MCU of product"
                                + " 5ba24f5ebbe8f56f5a14f605");
    }

    @ParameterizedTest
    @CsvSource({"MCU, modem", "5ba24f5ebbe8f56f5a14f605, another", "28f61af50fc9452aa0ed5ea25c3cc3d3, ''"})
    void rejects_a_creation_response_with_another_module(String requested, String received) {
        givenNoModule();
        SERVER.stubFor(post(anyUrl())
                .willReturn(jsonResponse(payload("module-found-chinese").replace(requested, received), 201)));

        OtaFailure failure = commands().create(MCU).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.advice()).contains("retrying the command is safe");
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void creates_nothing_without_a_resource_space() {
        settings.remove("app-id");

        OtaFailure failure = commands().create(MCU).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.operation()).isEqualTo("CreateOtaModule");
        assertThat(failure.advice()).contains("app-id");
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void updates_and_deletes_nothing_by_name_without_a_resource_space() {
        settings.remove("app-id");

        assertThat(commands().update(MCU.toRef(), ModuleUpdate.alias("another")).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(commands().delete(MCU.toRef()).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void updates_an_alias_and_sends_the_description_too() {
        givenModule();
        SERVER.stubFor(put(urlEqualTo(MODULE)).willReturn(okJson(payload("module-found"))));

        OtaModule updated = commands()
                .update(ModuleRef.id(ModuleId.of(ID)), ModuleUpdate.alias("控制器"))
                .get();

        assertThat(updated).isEqualTo(HuaweiFixture.MODULE);
        SERVER.verify(getRequestedFor(urlEqualTo(MODULE)));
        SERVER.verify(putRequestedFor(urlEqualTo(MODULE))
                .withHeader("Instance-Id", equalTo(HuaweiFixture.INSTANCE_ID))
                .withHeader("Content-Type", equalTo("application/json;charset=UTF-8"))
                .withRequestBody(equalToJson("""
                        {"alias_name": "控制器", "description": "Microcontroller unit firmware module."}""")));
        assertThat(SERVER.getAllServeEvents()).hasSize(2);
    }

    @Test
    void sends_a_description_alone_if_there_is_no_alias() {
        givenModule(payload("module-found").replace("Micro Controller Unit", ""));
        SERVER.stubFor(put(anyUrl()).willReturn(okJson(payload("module-found"))));

        commands().update(MCU.toRef(), ModuleUpdate.description("new")).get();

        SERVER.verify(putRequestedFor(urlEqualTo(MODULE)).withRequestBody(equalToJson("{\"description\": \"new\"}")));
    }

    @Test
    void sends_no_update_without_a_difference() {
        givenModule();

        OtaModule updated = commands()
                .update(MCU.toRef(), ModuleUpdate.alias("Micro Controller Unit"))
                .get();

        assertThat(updated).isEqualTo(HuaweiFixture.MODULE);
        SERVER.verify(0, putRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "x\u0007", "a\nb"})
    void rejects_an_alias_that_breaks_the_vendors_rule(String alias) {
        OtaFailure failure =
                commands().update(MCU.toRef(), ModuleUpdate.alias(alias)).getLeft();

        assertThat(failure.summary()).contains("Huawei OTA module alias").contains("must be 1 to 64 letters");
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void reports_a_module_that_was_deleted_before_the_update() {
        givenModule();
        SERVER.stubFor(put(anyUrl()).willReturn(errorResponse(404, "IOTDA.019301")));

        OtaFailure failure =
                commands().update(MCU.toRef(), ModuleUpdate.alias("another")).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).isEqualTo("Module " + ID + " does not exist on backend prod");
        assertThat(failure.operation()).isEqualTo("UpdateOtaModule");
    }

    @Test
    void rejects_an_update_response_with_another_module() {
        givenModule();
        SERVER.stubFor(put(anyUrl()).willReturn(okJson(payload("module-found").replace("28f61af5", "00000000"))));

        assertThat(commands().update(MCU.toRef(), ModuleUpdate.alias("another")).getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void deletes_by_id_without_a_lookup() {
        SERVER.stubFor(delete(urlEqualTo(MODULE)).willReturn(aResponse().withStatus(204)));

        assertThat(commands().delete(ModuleRef.id(ModuleId.of(ID))).get()).isEqualTo(DeleteResult.DELETED);

        assertThat(SERVER.getAllServeEvents()).hasSize(1);
        SERVER.verify(deleteRequestedFor(urlEqualTo(MODULE))
                .withHeader("Instance-Id", equalTo(HuaweiFixture.INSTANCE_ID))
                .withHeader("Content-Type", absent())
                .withHeader(
                        "Authorization",
                        matching("SDK-HMAC-SHA256 .* SignedHeaders=accept;host;instance-id;x-sdk-date, .*")));
    }

    @Test
    void deletes_by_name_with_one_lookup() {
        givenModule();
        SERVER.stubFor(delete(urlEqualTo(MODULE)).willReturn(aResponse().withStatus(204)));

        assertThat(commands().delete(MCU.toRef()).get()).isEqualTo(DeleteResult.DELETED);
        assertThat(SERVER.getAllServeEvents()).hasSize(2);
    }

    @Test
    void sends_no_deletion_of_a_missing_module() {
        givenNoModule();

        assertThat(commands().delete(MCU.toRef()).get()).isEqualTo(DeleteResult.NOT_FOUND);
        SERVER.verify(0, deleteRequestedFor(anyUrl()));
    }

    @Test
    void deletes_a_package_as_documented() {
        SERVER.stubFor(delete(urlEqualTo(PACKAGE)).willReturn(aResponse().withStatus(204)));

        assertThat(deletePackage().get()).isEqualTo(DeleteResult.DELETED);

        assertThat(SERVER.getAllServeEvents()).hasSize(1);
        SERVER.verify(
                deleteRequestedFor(urlEqualTo(PACKAGE)).withHeader("Instance-Id", equalTo(HuaweiFixture.INSTANCE_ID)));
    }

    @ParameterizedTest
    @CsvSource({"200, ''", "200, <html>signed in</html>", "200, {}", "202, ''", "205, ''", "302, ''"})
    void accepts_only_status_204_for_a_deletion(int status, String body) {
        SERVER.stubFor(
                delete(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));

        OtaFailure failure = deletePackage().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.status()).contains(status);
        assertThat(commands().delete(ModuleRef.id(ModuleId.of(ID))).getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void reads_an_error_of_a_deletion_with_status_200() {
        SERVER.stubFor(delete(anyUrl()).willReturn(errorResponse(200, "IOTDA.021101")));

        assertThat(deletePackage().getLeft()).isInstanceOf(OtaFailure.RateLimited.class);
    }

    @Test
    void treats_an_unknown_id_as_deleted() {
        SERVER.stubFor(delete(anyUrl()).willReturn(errorResponse(404, "IOTDA.019300")));

        assertThat(deletePackage().get()).isEqualTo(DeleteResult.NOT_FOUND);
        assertThat(commands().delete(ModuleRef.id(ModuleId.of(ID))).get()).isEqualTo(DeleteResult.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error_code\":\"APIGW.0101\"}", "<html>Not found</html>", ""})
    void does_not_treat_a_404_of_a_gateway_as_deleted(String body) {
        SERVER.stubFor(delete(anyUrl()).willReturn(aResponse().withStatus(404).withBody(body)));

        assertThat(deletePackage().getLeft()).isInstanceOf(OtaFailure.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../packages/1", "a_b"})
    void sends_no_vendor_id_that_would_change_the_path(String id) {
        givenModule(payload("module-found").replace(ID, id));

        assertThat(commands().delete(MCU.toRef()).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(commands().update(MCU.toRef(), ModuleUpdate.alias("another")).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        SERVER.verify(2, getRequestedFor(urlPathEqualTo(MODULES)));
        assertThat(SERVER.getAllServeEvents()).hasSize(2);
    }

    private static void givenModule() {
        givenModule(payload("module-found"));
    }

    private static void givenModule(String body) {
        SERVER.stubFor(get(urlEqualTo(MODULE)).willReturn(okJson(body)));
        SERVER.stubFor(get(urlPathEqualTo(MODULES)).willReturn(okJson("{\"modules\":[" + body + "]}")));
    }

    private static void givenNoModule() {
        SERVER.stubFor(any(urlPathEqualTo(MODULES)).willReturn(okJson("{\"modules\":[]}")));
    }

    private static void givenModuleFromTheSecondLookupOn(String page) {
        SERVER.stubFor(get(urlPathEqualTo(MODULES))
                .inScenario("race")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(okJson("{\"modules\":[]}"))
                .willSetStateTo("created by another caller"));
        SERVER.stubFor(get(urlPathEqualTo(MODULES))
                .inScenario("race")
                .whenScenarioStateIs("created by another caller")
                .willReturn(okJson(page)));
    }

    private static ResponseDefinitionBuilder errorResponse(int status, String code) {
        return jsonResponse("{\"error_code\":\"%s\",\"error_msg\":\"a message\"}".formatted(code), status);
    }

    private Either<OtaFailure, DeleteResult> deletePackage() {
        return backend().firmwareCommands().delete(FirmwareId.of(ID));
    }

    private ModuleCommandPort commands() {
        return backend().moduleCommands();
    }

    private Backend backend() {
        return HuaweiFixture.open(settings);
    }
}
