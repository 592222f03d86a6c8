package io.otabridge.jackson;

import io.otabridge.app.BackendInventory;
import io.otabridge.app.ConfigurationException;
import io.otabridge.app.FirmwareDiff;
import io.otabridge.app.Inventory;
import io.otabridge.app.migration.MigrationPlan;
import io.otabridge.app.migration.MigrationReport;
import io.otabridge.app.migration.MigrationState;
import io.otabridge.app.promotion.PromotionReport;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaException;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.PackageLimit;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.ContentComparison;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.SignedLink;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.backend.Permission;
import io.otabridge.domain.backend.Permissions;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.ProductSummary;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    private final SignedLinks links;
    private final Map<Class<?>, Function<Object, @Nullable Object>> functions = new LinkedHashMap<>();

    ResultJson(SignedLinks links) {
        this.links = links;
        describeTexts();
        describeFirmware();
        describeFiles();
        describeModules();
        describeBackends();
        describeInventories();
        describeCopies();
        describeFailures();
        describeContainers();
    }

    /** Calls the consumer with each type and its function. A function of an interface is for all its classes. */
    void forEach(BiConsumer<Class<?>, Function<Object, @Nullable Object>> consumer) {
        functions.forEach(consumer);
    }

    /** Returns the function of a type that {@link #forEach} names. */
    Function<Object, @Nullable Object> function(Class<?> type) {
        return Objects.requireNonNull(functions.get(type));
    }

    private <T> void describe(Class<T> type, Function<? super T, @Nullable Object> json) {
        functions.put(type, value -> json.apply(type.cast(value)));
    }

    private void describeTexts() {
        describe(Vendor.class, Vendor::name);
        describe(ProductId.class, ProductId::value);
        describe(ModuleId.class, ModuleId::value);
        describe(ModuleName.class, ModuleName::value);
        describe(FirmwareId.class, FirmwareId::value);
        describe(FirmwareVersion.class, FirmwareVersion::value);
        describe(DeviceGroupId.class, DeviceGroupId::value);
        describe(PageToken.class, PageToken::value);
        describe(Message.class, Message::text);
        describe(ConstraintViolation.class, ConstraintViolation::message);
        describe(Secret.class, Secret::toString);
        describe(SignedLink.class, this::url);
        describe(Capability.class, Capability::code);
        describe(Check.class, Check::code);
        describe(Finding.Severity.class, Finding.Severity::code);
        describe(DeleteResult.class, DeleteResult::code);
        describe(PackageLimit.Scope.class, ResultJson::code);
        describe(DownloadResult.DigestCheck.class, ResultJson::code);
        describe(FirmwareDeletion.StoredFile.class, ResultJson::code);
        describe(FirmwareDiff.Kind.class, FirmwareDiff.Kind::code);
        describe(OtaFailure.RateLimited.Limit.class, ResultJson::code);
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void describeFirmware() {
        describe(Firmware.class, firmware -> {
            Map<String, @Nullable Object> json = beginning(FirmwareSummary.of(firmware));
            json.put("files", firmware.files());
            return end(json, FirmwareSummary.of(firmware));
        });
        describe(FirmwareSummary.class, firmware -> {
            Map<String, @Nullable Object> json = beginning(firmware);
            json.putAll(object("size", firmware.size(), "checksums", firmware.checksums()));
            return end(json, firmware);
        });
        describe(
                FirmwareFile.class,
                file -> object(
                        "name", file.name(),
                        "size", file.size(),
                        "checksums", file.checksums(),
                        "location", file.location()));
        describe(Checksum.class, checksum -> object("algorithm", checksum.algorithm(), "value", checksum.value()));
        describe(FileLocation.class, this::location);
        describe(
                FirmwareTarget.class,
                target -> object(
                        "kind", target.code(),
                        "module", target instanceof FirmwareTarget.Module module ? module.name() : null,
                        "raw", target instanceof FirmwareTarget.Unknown unknown ? unknown.raw() : null));
        describe(
                UpdateKind.class,
                update -> object(
                        "kind", update.code(),
                        "sourceVersion", update instanceof UpdateKind.Delta delta ? delta.sourceVersion() : null,
                        "raw", update instanceof UpdateKind.Unknown unknown ? unknown.raw() : null));
        describe(
                Verification.class,
                state -> object(
                        "state", state.code(),
                        "percent", state instanceof Verification.Verifying verifying ? verifying.percent() : null,
                        "raw", state instanceof Verification.Unknown unknown ? unknown.raw() : null));
        describe(
                FirmwareCoordinates.class,
                coordinates -> object(
                        "product", coordinates.product(),
                        "target", coordinates.target(),
                        "version", coordinates.version()));
    }

    private static Map<String, @Nullable Object> beginning(FirmwareSummary firmware) {
        return object(
                "id", firmware.id(),
                "name", firmware.name(),
                "product", firmware.product(),
                "resourceSpace", firmware.resourceSpace(),
                "target", firmware.target(),
                "version", firmware.version(),
                "update", firmware.kind(),
                "sourceVersions", firmware.sourceVersions(),
                "verification", firmware.verification());
    }

    private static Map<String, @Nullable Object> end(Map<String, @Nullable Object> json, FirmwareSummary firmware) {
        json.putAll(object(
                "customInfo", firmware.customInfo(),
                "description", firmware.description(),
                "created", firmware.created(),
                "modified", firmware.modified()));
        return json;
    }

    private void describeFiles() {
        describe(
                PublishResult.class,
                published -> object(
                        "firmware", published.firmware(),
                        "outcome", outcome(published),
                        "bytesSent", published.bytesSent(),
                        "warnings", published.warnings()));
        describe(
                FirmwareDeletion.class,
                deletion -> object(
                        "outcome", deletion.firmware(),
                        "storedFile", deletion.file(),
                        "storedFileFailure", deletion.fileFailure()));
        describe(
                DownloadResult.class,
                download -> object(
                        "file", download.file().toString(),
                        "size", download.size(),
                        "sha256", download.sha256().value(),
                        "check", download.check(),
                        "resumedAt", download.resumedAt()));
        describe(
                UnfinishedUpload.class,
                upload -> object(
                        "id", upload.id(),
                        "location", upload.location(),
                        "started", upload.started().map(Instant::toString)));
        describe(
                ContentComparison.class,
                comparison -> object("difference", comparison.difference(), "known", comparison.isKnown()));
    }

    private static String outcome(PublishResult published) {
        if (published.alreadyExisted()) {
            return "existed";
        }
        return published.firmware().isDefined() ? "created" : "would-create";
    }

    private Map<String, @Nullable Object> location(FileLocation location) {
        FileLocation.DownloadLink link = location instanceof FileLocation.DownloadLink found ? found : null;
        FileLocation.ObjectStore store = location instanceof FileLocation.ObjectStore found ? found : null;
        return object(
                "kind", link != null ? "link" : "object-store",
                "url", link != null ? url(link.url()) : null,
                "expires", link != null ? link.expires().map(Instant::toString) : null,
                "region", store != null ? store.region() : null,
                "bucket", store != null ? store.bucket() : null,
                "key", store != null ? store.key() : null);
    }

    private String url(SignedLink link) {
        return links == SignedLinks.REVEALED ? link.reveal() : link.toString();
    }

    private void describeModules() {
        describe(Product.class, product -> object("id", product.id(), "name", product.name()));
        describe(
                VendorTimestamp.class,
                time -> object("at", time.instant().map(Instant::toString), "text", time.text()));
        describe(
                OtaModule.class,
                module -> object(
                        "id", module.id(),
                        "product", module.product(),
                        "name", module.name(),
                        "alias", module.alias(),
                        "description", module.description(),
                        "resourceSpace", module.resourceSpace(),
                        "created", module.created(),
                        "modified", module.modified()));
        describe(
                ProductSummary.class,
                summary -> object(
                        "id", summary.product().id(),
                        "name", summary.product().name(),
                        "deviceType", summary.deviceType(),
                        "deviceCount", summary.deviceCount(),
                        "description", summary.description(),
                        "resourceSpace", summary.resourceSpace(),
                        "created", summary.created()));
        describe(
                DeviceGroup.class,
                group -> object(
                        "id", group.id(),
                        "name", group.name(),
                        "parent", group.parent(),
                        "description", group.description(),
                        "created", group.created()));
        describe(
                ModuleRef.class,
                ref -> object(
                        "id", ref instanceof ModuleRef.ById byId ? byId.id() : null,
                        "product", ref instanceof ModuleRef.ByName byName ? byName.product() : null,
                        "name", ref instanceof ModuleRef.ByName byName ? byName.name() : null));
    }

    private void describeBackends() {
        describe(Capabilities.class, ResultJson::capabilities);
        describe(PackageLimit.class, limit -> object("packages", limit.packages(), "scope", limit.scope()));
        describe(Permissions.class, Permissions::all);
        describe(
                Permission.class,
                permission -> object(
                        "operation", permission.operation(),
                        "action", permission.action(),
                        "capabilities", permission.capabilities(),
                        "uncertain", permission.uncertainty()));
        describe(Backend.class, backend -> {
            Map<String, @Nullable Object> json = object(
                    "name", backend.name(),
                    "vendor", backend.vendor(),
                    "endpoint", backend.endpoint(),
                    "authentication", backend.authentication());
            json.putAll(capabilities(backend.capabilities()));
            return json;
        });
        describe(
                Finding.class,
                finding -> object(
                        "check", finding.check(),
                        "verdict", finding.severity(),
                        "what", finding.description(),
                        "advice", finding.advice()));
        describe(
                Diagnosis.class, diagnosis -> object("wrong", diagnosis.hasFailed(), "findings", diagnosis.findings()));
    }

    private static Map<String, @Nullable Object> capabilities(Capabilities capabilities) {
        return object(
                "capabilities",
                capabilities.supported(),
                "missing",
                List.of(Capability.values())
                        .flatMap(capability -> capabilities
                                .alternative(capability)
                                .map(alternative -> object("capability", capability, "instead", alternative))));
    }

    private void describeInventories() {
        describe(
                Inventory.class,
                inventory -> object(
                        "complete", inventory.isComplete(),
                        "leftOut", inventory.skipped(),
                        "backends", inventory.backends()));
        describe(
                BackendInventory.class,
                inventory -> object(
                        "backend", inventory.backend(),
                        "vendor", inventory.vendor(),
                        "failure", inventory.failure(),
                        "firmwareList", inventory.firmware()));
        describe(
                FirmwareDiff.class,
                diff -> object(
                        "left", diff.left(),
                        "right", diff.right(),
                        "same", diff.same(),
                        "uncompared", diff.uncompared(),
                        "differences", diff.differences()));
        describe(
                FirmwareDiff.Difference.class,
                difference -> object(
                        "difference", difference.kind(),
                        "product", difference.product(),
                        "target", difference.firmware().target(),
                        "version", difference.firmware().version(),
                        "leftId", difference.left().map(FirmwareSummary::id),
                        "rightId", difference.right().map(FirmwareSummary::id),
                        "details", details(difference)));
    }

    private static String details(FirmwareDiff.Difference difference) {
        return difference
                .details()
                .getOrElse(() ->
                        difference.left().isDefined() && difference.right().isDefined()
                                ? state(difference.left().get()) + " and "
                                        + state(difference.right().get())
                                : "id " + difference.firmware().id());
    }

    private static String state(FirmwareSummary firmware) {
        return firmware.verification().code().replace('-', ' ');
    }

    private void describeCopies() {
        describe(MigrationPlan.Action.class, ResultJson::code);
        describe(MigrationPlan.Excluded.Cause.class, ResultJson::code);
        describe(MigrationReport.Outcome.class, ResultJson::code);
        describe(MigrationReport.Comparison.class, ResultJson::code);
        describe(MigrationState.class, ResultJson::code);
        describe(
                NewModule.class,
                module -> object(
                        "product", module.product(),
                        "name", module.name(),
                        "alias", module.alias(),
                        "description", module.description()));
        describe(
                NewFirmware.class,
                firmware -> object(
                        "product", firmware.coordinates().product(),
                        "target", firmware.coordinates().target(),
                        "version", firmware.coordinates().version(),
                        "update", firmware.kind(),
                        "sourceVersions", firmware.sourceVersions(),
                        "name", firmware.name(),
                        "description", firmware.description(),
                        "customInfo", firmware.customInfo(),
                        "needsVerification", firmware.needsVerification()));
        describe(
                PromotionReport.class,
                report -> object(
                        "from", report.from(),
                        "complete", report.failure().isEmpty(),
                        "firmware", report.firmware(),
                        "results", report.results()));
        describe(
                PromotionReport.Result.class,
                result -> object(
                        "to", result.to(),
                        "failure", result.published().swap().toOption(),
                        "published", result.published().toOption(),
                        "createdModule", result.createdModule(),
                        "files", result.files()));
        describe(
                MigrationPlan.class,
                plan -> object(
                        "from", plan.from(),
                        "to", plan.to(),
                        "deep", plan.isDeep(),
                        "obstacle", plan.obstacle(),
                        "files", plan.files(),
                        "bytes", plan.bytes(),
                        "filesOfUnknownSize", plan.filesOfUnknownSize(),
                        "calls", plan.calls(),
                        "minimumTime", plan.minimumTime(),
                        "modules", plan.modules(),
                        "packages", plan.packages(),
                        "excluded", plan.excluded()));
        describe(
                MigrationPlan.MinimumTime.class,
                time -> object(
                        "fromMillis", time.from().map(Duration::toMillis),
                        "toMillis", time.to().map(Duration::toMillis),
                        "totalMillis", time.total().map(Duration::toMillis)));
        describe(
                MigrationPlan.Planned.class,
                planned -> object(
                        "source", planned.source(),
                        "action", planned.action(),
                        "target", planned.target(),
                        "copy", planned.copy(),
                        "files", planned.files(),
                        "losses", planned.losses(),
                        "comparison", planned.comparison(),
                        "verification", planned.verification()));
        describe(
                MigrationPlan.Excluded.class,
                excluded ->
                        object("source", excluded.source(), "cause", excluded.cause(), "reason", excluded.reason()));
        describe(
                MigrationReport.class,
                report -> object(
                        "from", report.from(),
                        "to", report.to(),
                        "complete", report.isComplete(),
                        "results", report.results(),
                        "excluded", report.excluded()));
        describe(
                MigrationReport.Result.class,
                result -> object(
                        "source", result.source(),
                        "outcome", result.outcome(),
                        "comparison", result.comparison(),
                        "copy", result.copy(),
                        "verification", result.verification(),
                        "files", result.files(),
                        "losses", result.losses(),
                        "failure", result.failure()));
    }

    private void describeFailures() {
        describe(
                OperationContext.class,
                origin -> object(
                        "backend", origin.backend(), "vendor", origin.vendor(), "operation", origin.operation()));
        describe(OtaFailure.class, ResultJson::failure);
        describe(OtaException.class, exception -> failure(exception.failure()));
        describe(
                ConfigurationException.class,
                exception -> error(
                        "InvalidConfiguration",
                        exception.file().map(file -> "Configuration " + file).getOrElse("The configuration")
                                + " is not valid",
                        "Correct the errors; nothing was sent",
                        exception.errors()));
        describe(
                ConfigError.class,
                error -> object("key", error.key(), "line", error.line(), "problem", error.problem()));
        describe(
                ErrorReport.class,
                error -> error(
                        error.kind(),
                        error.summary(),
                        error.advice(),
                        Option.when(
                                        !error.reason().isEmpty(),
                                        () -> object("key", null, "line", null, "problem", error.reason()))
                                .toList()));
    }

    private static Map<String, @Nullable Object> failure(OtaFailure failure) {
        return failure(
                failure.getClass().getSimpleName(),
                failure.summary(),
                failure.advice(),
                Option.some(failure),
                List.empty());
    }

    private static Map<String, @Nullable Object> error(String kind, String summary, String advice, List<?> errors) {
        return failure(kind, summary, advice, Option.none(), errors);
    }

    private static Map<String, @Nullable Object> failure(
            String kind, String summary, String advice, Option<OtaFailure> failure, List<?> errors) {
        return object(
                "kind", kind,
                "backend", failure.map(OtaFailure::backend),
                "vendor", failure.map(one -> one.details().origin().vendor()),
                "operation", failure.map(OtaFailure::operation),
                "summary", summary,
                "advice", advice,
                "status", failure.flatMap(OtaFailure::status),
                "vendorCode", failure.flatMap(OtaFailure::vendorCode),
                "vendorMessage", failure.flatMap(OtaFailure::vendorMessage),
                "requestId", failure.flatMap(OtaFailure::requestId),
                "retryable", failure.exists(OtaFailure::isRetryable),
                "retryAfterMillis", failure.flatMap(OtaFailure::retryAfter).map(Duration::toMillis),
                "limit", failure.flatMap(ResultJson::limit),
                "clientToken", failure.flatMap(ResultJson::clientToken),
                "capability", failure.flatMap(ResultJson::capability),
                "errors", errors);
    }

    private static Option<OtaFailure.RateLimited.Limit> limit(OtaFailure failure) {
        return failure instanceof OtaFailure.RateLimited limited ? Option.some(limited.limit()) : Option.none();
    }

    private static Option<String> clientToken(OtaFailure failure) {
        return failure instanceof OtaFailure.OutcomeUnknown unknown ? unknown.clientToken() : Option.none();
    }

    private static Option<Capability> capability(OtaFailure failure) {
        return failure instanceof OtaFailure.Unsupported unsupported
                ? Option.some(unsupported.capability())
                : Option.none();
    }

    private void describeContainers() {
        describe(Page.class, page -> object("items", page.items(), "next", page.next()));
        describe(
                CreateResult.class,
                created -> object(
                        key(created.value()),
                        created.value(),
                        "outcome",
                        created.alreadyExisted() ? "existed" : "created"));
        describe(
                LookupResult.class,
                result -> object(
                        "id",
                        result.id(),
                        "failure",
                        result.result().swap().toOption(),
                        key(result.id()),
                        result.result().toOption()));
        describe(Either.class, either -> object("failure", either.swap().toOption(), "value", either.toOption()));
        describe(Option.class, option -> option.getOrNull());
        describe(Seq.class, seq -> seq);
    }

    /** Returns the key of an object, by the object or its id. */
    private static String key(Object valueOrId) {
        if (valueOrId instanceof OtaModule || valueOrId instanceof ModuleRef) {
            return "module";
        }
        return valueOrId instanceof Firmware || valueOrId instanceof FirmwareId ? "firmware" : "value";
    }

    /** Creates an object from keys and values in turn. The content of an {@code Option} is its value, or null. */
    private static Map<String, @Nullable Object> object(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            object.put(
                    String.valueOf(keysAndValues[i]), value instanceof Option<?> option ? option.getOrNull() : value);
        }
        return object;
    }
}
