package io.otabridge.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import io.otabridge.app.ConfigurationException;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaException;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultJsonTest {

    private static final String FIRMWARE = """
            {"id":"f-1","name":null,"product":{"id":"p-1","name":"thermometer"},"resourceSpace":null,\
            "target":{"kind":"module","module":"MCU","raw":null},"version":"2.0.0",\
            "update":{"kind":"delta","sourceVersion":"1.0.0","raw":null},"sourceVersions":["1.0.0"],\
            "verification":{"state":"verifying","percent":40,"raw":null},\
            "files":[{"name":"boot.bin","size":3221225472,"checksums":[{"algorithm":"MD5","value":"0a1b"}],\
            "location":{"kind":"link","url":"https://store.example/boot.bin?…","expires":"2024-01-01T03:00:00Z",\
            "region":null,"bucket":null,"key":null}},\
            {"name":null,"size":null,"checksums":[],"location":{"kind":"object-store","url":null,"expires":null,\
            "region":"cn-north-4","bucket":"images","key":"a/b.bin"}}],\
            "customInfo":null,"description":null,\
            "created":{"at":"2023-02-11T12:12:12Z","text":"20230211T121212Z"},"modified":null}""";

    private static final String FAILURE = """
            {"kind":"RateLimited","backend":"prod","vendor":"huawei","operation":"ShowOtaModule",\
            "summary":"Too many","advice":"Wait","status":429,"vendorCode":"X.1","vendorMessage":"slow down",\
            "requestId":"r-1","retryable":true,"retryAfterMillis":1500,"limit":"vendor","clientToken":null,\
            "capability":null,"errors":[]}""";

    private static final OtaFailure RATE_LIMITED = new OtaFailure.RateLimited(Examples.DETAILS
            .withStatus(429)
            .withVendorError(Option.some("X.1"), Option.some("slow down"), Option.some("r-1"))
            .withRetry(Option.some(Duration.ofMillis(1500))));

    private static final OtaModule MODULE = OtaModule.builder(Product.of(ProductId.of("p-1")), ModuleName.of("MCU"))
            .build();
    private static final String MODULE_JSON = """
            {"id":null,"product":{"id":"p-1","name":null},"name":"MCU","alias":null,"description":null,\
            "resourceSpace":null,"created":null,"modified":null}""";

    @ParameterizedTest
    @EnumSource
    void writes_a_package_with_masked_links(Jackson jackson) {
        assertThat(jackson.write(Examples.FIRMWARE)).isEqualTo(FIRMWARE);
    }

    @ParameterizedTest
    @EnumSource
    void reveals_links_if_the_application_registers_a_module_that_does(Jackson jackson) {
        String json = jackson.write(Examples.FIRMWARE, SignedLinks.REVEALED);

        assertThat(json).contains("boot.bin?Expires=1704078000&Signature=" + Examples.SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void the_module_registered_last_decides_about_links(Jackson jackson) {
        assertThat(jackson.write(Examples.FIRMWARE, SignedLinks.REVEALED, SignedLinks.MASKED))
                .isEqualTo(FIRMWARE);
        assertThat(jackson.write(Examples.FIRMWARE, SignedLinks.REVEALED, SignedLinks.MASKED, SignedLinks.REVEALED))
                .contains(Examples.SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void writes_the_same_after_serialization_of_the_mapper(Jackson jackson) {
        assertThat(jackson.writeAfterSerialization(Examples.FIRMWARE)).isEqualTo(FIRMWARE);
        assertThat(jackson.writeAfterSerialization(Examples.FIRMWARE, SignedLinks.REVEALED))
                .isEqualTo(jackson.write(Examples.FIRMWARE, SignedLinks.REVEALED));
    }

    @ParameterizedTest
    @EnumSource
    void writes_the_number_of_tasks_in_each_state_also_if_there_is_none(Jackson jackson) {
        TaskCounts counts = new TaskCounts(HashMap.of(TaskState.FAILED, 2L, TaskState.AWAITING_RETRY, 1L));

        assertThat(jackson.write(counts)).isEqualTo("""
                {"total":3,"awaitingConfirmation":0,"queued":0,"notified":0,"running":0,"awaitingRetry":1,\
                "cancelling":0,"succeeded":0,"failed":2,"cancelled":0,"removed":0,"unknown":0}""");
    }

    @ParameterizedTest
    @EnumSource
    void writes_a_task_with_the_text_of_the_vendor(Jackson jackson) {
        UpgradeTask task = UpgradeTask.builder(
                        JobId.of("j-1"), DeviceId.of("d-1"), new Reported<>(TaskState.UNKNOWN, "Paused"))
                .percent(new BigDecimal("12.5"))
                .failure(new TaskFailure(FailureReason.WRONG_VERSION, Option.some("X.2"), Option.none()))
                .build();

        assertThat(jackson.write(task)).isEqualTo("""
                {"job":"j-1","device":"d-1","state":{"code":"unknown","raw":"Paused"},"id":null,"product":null,\
                "firmware":null,"target":null,"sourceVersion":null,"version":null,"percent":12.5,"timeoutSeconds":null,\
                "failure":{"reason":"wrong-version","vendorCode":"X.2","message":null},"message":null,"created":null,\
                "modified":null}""");
    }

    @ParameterizedTest
    @EnumSource
    void writes_a_failure_with_everything_that_is_known(Jackson jackson) {
        assertThat(jackson.write(RATE_LIMITED)).isEqualTo(FAILURE);
        assertThat(jackson.write(new OtaException(RATE_LIMITED))).isEqualTo(FAILURE);
        assertThat(jackson.write(new OtaFailure.OutcomeUnknown(Examples.DETAILS, Option.some("token-1"))))
                .contains("\"kind\":\"OutcomeUnknown\"", "\"clientToken\":\"token-1\"");
        assertThat(jackson.write(new OtaFailure.Unsupported(Examples.DETAILS, Capability.LIST_MODULES)))
                .contains("\"kind\":\"Unsupported\"", "\"capability\":\"list-modules\"");
    }

    @ParameterizedTest
    @EnumSource
    void writes_all_errors_of_a_configuration(Jackson jackson) {
        OtaConfig config = OtaConfig.builder()
                .defaultBackend("prod")
                .backend("prod", "other", Map.of("secret-key", Examples.SECRET))
                .backend("test", "other", Map.of())
                .build();
        ConfigurationException invalid = catchThrowableOfType(
                ConfigurationException.class, () -> OtaBridge.of(config).checkAll());

        assertThat(jackson.write(invalid))
                .startsWith("{\"kind\":\"InvalidConfiguration\",\"backend\":null,\"vendor\":null,\"operation\":null,"
                        + "\"summary\":\"The configuration is not valid\"")
                .contains(
                        "\"retryable\":false",
                        "\"errors\":[{\"key\":\"backends.prod.vendor\",\"line\":null,\"problem\":",
                        "{\"key\":\"backends.test.vendor\"")
                .doesNotContain(Examples.SECRET, "stackTrace");
    }

    @ParameterizedTest
    @EnumSource
    void writes_an_error_of_the_application_with_the_keys_of_a_failure(Jackson jackson) {
        String json =
                jackson.write(new ErrorReport("InvalidUsage", "The filter is not valid", "no such key", "Fix it"));

        assertThat(json).isEqualTo("""
                        {"kind":"InvalidUsage","backend":null,"vendor":null,"operation":null,\
                        "summary":"The filter is not valid","advice":"Fix it","status":null,"vendorCode":null,\
                        "vendorMessage":null,"requestId":null,"retryable":false,"retryAfterMillis":null,"limit":null,\
                        "clientToken":null,"capability":null,\
                        "errors":[{"key":null,"line":null,"problem":"no such key"}]}""");
        assertThat(jackson.write(new ErrorReport("InvalidUsage", "No", "", "Fix it")))
                .contains("\"errors\":[]");
    }

    @ParameterizedTest
    @EnumSource
    void writes_the_content_of_results(Jackson jackson) {
        assertThat(jackson.write(new CreateResult<>(MODULE, true)))
                .isEqualTo("{\"module\":" + MODULE_JSON + ",\"outcome\":\"existed\"}");
        assertThat(jackson.write(new CreateResult<>("a value of the application", false)))
                .isEqualTo("{\"value\":\"a value of the application\",\"outcome\":\"created\"}");
        assertThat(jackson.write(new LookupResult<>(FirmwareId.of("f-1"), Either.right(Examples.FIRMWARE))))
                .isEqualTo("{\"id\":\"f-1\",\"failure\":null,\"firmware\":" + FIRMWARE + "}");
        assertThat(jackson.write(new LookupResult<>(ModuleRef.id("m-1"), Either.left(RATE_LIMITED))))
                .isEqualTo("{\"id\":{\"id\":\"m-1\",\"product\":null,\"name\":null},\"failure\":" + FAILURE
                        + ",\"module\":null}");
        assertThat(jackson.write(new Page<>(List.of(MODULE), Option.some(PageToken.of("2")))))
                .isEqualTo("{\"items\":[" + MODULE_JSON + "],\"next\":\"2\"}");
    }

    @ParameterizedTest
    @EnumSource
    void writes_the_results_of_publications_and_deletions(Jackson jackson) {
        assertThat(jackson.write(new PublishResult(Option.some(Examples.FIRMWARE), false, 12, List.of("no name"))))
                .isEqualTo("{\"firmware\":" + FIRMWARE
                        + ",\"outcome\":\"created\",\"bytesSent\":12,\"warnings\":[\"no name\"]}")
                .doesNotContain(Examples.SECRET);
        assertThat(jackson.write(new PublishResult(Option.none(), false, 0, List.empty())))
                .isEqualTo("{\"firmware\":null,\"outcome\":\"would-create\",\"bytesSent\":0,\"warnings\":[]}");
        assertThat(jackson.write(new PublishResult(Option.some(Examples.FIRMWARE), true, 0, List.empty())))
                .contains("\"outcome\":\"existed\"");
        assertThat(jackson.write(new FirmwareDeletion(
                        DeleteResult.DELETED, FirmwareDeletion.StoredFile.FAILED, Option.some(RATE_LIMITED))))
                .isEqualTo("{\"outcome\":\"deleted\",\"storedFile\":\"failed\",\"storedFileFailure\":" + FAILURE + "}");
        assertThat(jackson.write(new FirmwareDeletion(
                        DeleteResult.NOT_FOUND, FirmwareDeletion.StoredFile.IN_USE, Option.none())))
                .isEqualTo("{\"outcome\":\"absent\",\"storedFile\":\"in-use\",\"storedFileFailure\":null}");
    }

    @ParameterizedTest
    @EnumSource
    void writes_a_downloaded_file(Jackson jackson) {
        assertThat(jackson.write(new DownloadResult(
                        Path.of("a b.bin"),
                        5,
                        Checksum.of(Checksum.SHA256, "0a"),
                        DownloadResult.DigestCheck.ACCIDENTAL_CHANGES_ONLY,
                        2)))
                .isEqualTo("{\"file\":\"a b.bin\",\"size\":5,\"sha256\":\"0a\","
                        + "\"check\":\"accidental-changes-only\",\"resumedAt\":2}");
    }

    /** Results of ports are an {@code Either}, and lists of Vavr. */
    @ParameterizedTest
    @EnumSource
    void writes_what_ports_return(Jackson jackson) {
        Either<OtaFailure, List<OtaModule>> found = Either.right(List.of(MODULE));
        Either<OtaFailure, List<OtaModule>> failed = Either.left(RATE_LIMITED);

        assertThat(jackson.write(found)).isEqualTo("{\"failure\":null,\"value\":[" + MODULE_JSON + "]}");
        assertThat(jackson.write(failed)).isEqualTo("{\"failure\":" + FAILURE + ",\"value\":null}");
        assertThat(jackson.write(List.of(FirmwareId.of("a"), FirmwareId.of("b"))))
                .isEqualTo("[\"a\",\"b\"]");
        assertThat(jackson.write(Option.some(FirmwareId.of("a")))).isEqualTo("\"a\"");
        assertThat(jackson.write(Option.none())).isEqualTo("null");
        assertThat(jackson.write(Map.of("list", java.util.List.of(FirmwareSummary.of(Examples.FIRMWARE)))))
                .startsWith("{\"list\":[{\"id\":\"f-1\"");
    }

    @Test
    void keeps_the_schema_whatever_the_settings_of_the_application() throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper()
                .findAndRegisterModules()
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY)
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder().build(),
                        ObjectMapper.DefaultTyping.OBJECT_AND_NON_CONCRETE);

        assertThat(mapper.writerFor(Object.class).writeValueAsString(Examples.FIRMWARE))
                .isEqualTo(FIRMWARE);
    }
}
