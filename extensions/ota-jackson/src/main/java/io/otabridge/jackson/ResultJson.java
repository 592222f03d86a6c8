package io.otabridge.jackson;

import static io.otabridge.jackson.JsonTypes.object;

import io.otabridge.app.FirmwareDiff;
import io.otabridge.domain.Capability;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.PackageLimit;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of results and failures, independent of the version of Jackson: the only definition of the schema in
 * docs/json.md. For each type a function returns null, a text, number or boolean, a list of values, or a map
 * of keys to values in the order of the schema. Other values are of types that have a function here, or of the
 * application.
 */
final class ResultJson {

    private final JsonTypes types = new JsonTypes();

    ResultJson(SignedLinks links) {
        describeTexts();
        FirmwareJson.describe(types, links);
        ModuleJson.describe(types);
        UpgradeJson.describe(types);
        BackendJson.describe(types);
        CopyJson.describe(types);
        FailureJson.describe(types);
        describeContainers();
    }

    /** Calls the consumer with each type and its function. A function of an interface is for all its classes. */
    void forEach(BiConsumer<Class<?>, Function<Object, @Nullable Object>> consumer) {
        types.forEach(consumer);
    }

    /** Returns the function of a type that {@link #forEach} names. */
    Function<Object, @Nullable Object> function(Class<?> type) {
        return types.function(type);
    }

    private void describeTexts() {
        types.describe(Vendor.class, Vendor::name);
        types.describe(ProductId.class, ProductId::value);
        types.describe(ModuleId.class, ModuleId::value);
        types.describe(ModuleName.class, ModuleName::value);
        types.describe(FirmwareId.class, FirmwareId::value);
        types.describe(FirmwareVersion.class, FirmwareVersion::value);
        types.describe(DeviceGroupId.class, DeviceGroupId::value);
        types.describe(DeviceId.class, DeviceId::value);
        types.describe(JobId.class, JobId::value);
        types.describe(TaskId.class, TaskId::value);
        types.describe(ClientToken.class, ClientToken::value);
        types.describe(PageToken.class, PageToken::value);
        types.describe(Message.class, Message::text);
        types.describe(ConstraintViolation.class, ConstraintViolation::message);
        types.describe(Secret.class, Secret::toString);
        types.describe(Capability.class, Capability::code);
        types.describe(Check.class, Check::code);
        types.describe(Finding.Severity.class, Finding.Severity::code);
        types.describe(DeleteResult.class, DeleteResult::code);
        types.describe(PackageLimit.Scope.class, JsonTypes::code);
        types.describe(DownloadResult.DigestCheck.class, JsonTypes::code);
        types.describe(FirmwareDeletion.StoredFile.class, JsonTypes::code);
        types.describe(FirmwareDiff.Kind.class, FirmwareDiff.Kind::code);
        types.describe(OtaFailure.RateLimited.Limit.class, JsonTypes::code);
    }

    private void describeContainers() {
        types.describe(Page.class, page -> object("items", page.items(), "next", page.next()));
        types.describe(
                CreateResult.class,
                created -> object(
                        key(created.value()),
                        created.value(),
                        "outcome",
                        created.alreadyExisted() ? "existed" : "created"));
        types.describe(
                LookupResult.class,
                result -> object(
                        "id",
                        result.id(),
                        "failure",
                        result.result().swap().toOption(),
                        key(result.id()),
                        result.result().toOption()));
        types.describe(Either.class, either -> object("failure", either.swap().toOption(), "value", either.toOption()));
        types.describe(Option.class, option -> option.getOrNull());
        types.describe(Seq.class, seq -> seq);
    }

    /** Returns the key of an object, by the object or its id. */
    private static String key(Object valueOrId) {
        if (valueOrId instanceof OtaModule || valueOrId instanceof ModuleRef) {
            return "module";
        }
        if (valueOrId instanceof Firmware || valueOrId instanceof FirmwareId) {
            return "firmware";
        }
        if (valueOrId instanceof DeviceId) {
            return "device";
        }
        return valueOrId instanceof JobId ? "job" : "value";
    }
}
