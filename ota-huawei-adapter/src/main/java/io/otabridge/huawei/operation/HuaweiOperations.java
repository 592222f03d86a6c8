package io.otabridge.huawei.operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.client.Operation;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.OneShotBody;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.ProductSummary;
import io.otabridge.huawei.config.HuaweiSettings;
import io.otabridge.huawei.wire.DeviceGroupPageDto;
import io.otabridge.huawei.wire.HuaweiApi;
import io.otabridge.huawei.wire.ModuleDto;
import io.otabridge.huawei.wire.ModulePageDto;
import io.otabridge.huawei.wire.OtaPackageDto;
import io.otabridge.huawei.wire.PackagePageDto;
import io.otabridge.huawei.wire.PageDto;
import io.otabridge.huawei.wire.ProductPageDto;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations of IoTDA, as described in the chapters "OTA Upgrade Package Management", "OTA Module Management",
 * "Product Management" and "Group Management".
 */
public final class HuaweiOperations {

    /** Applies to every product id in a request. */
    public static final StringConstraint PRODUCT = StringConstraint.matching(
            "Huawei product id", "[a-zA-Z0-9_-]{1,36}", "1 to 36 letters, digits, underscores and hyphens");

    private static final StringConstraint MODULE_ID = StringConstraint.matching(
            "Huawei OTA module id", "[a-zA-Z0-9-]{1,36}", "1 to 36 letters, digits and hyphens");
    private static final StringConstraint MODULE_NAME = StringConstraint.matching(
            "Huawei OTA module name",
            "[a-zA-Z0-9_.-]{1,64}",
            "1 to 64 letters, digits, underscores, full stops and hyphens");

    /** The documented rule does not allow blanks, but the documented example "Micro Controller Unit" has them. */
    public static final StringConstraint ALIAS = StringConstraint.matching(
            "Huawei OTA module alias",
            "[\\u4e00-\\u9fa5a-zA-Z0-9_. -]{1,64}",
            "1 to 64 letters, digits, Chinese characters, underscores, full stops, hyphens and blanks");

    public static final StringConstraint DESCRIPTION =
            StringConstraint.matching("Huawei OTA module description", "(?s).{1,1024}", "1 to 1024 characters");
    private static final StringConstraint PACKAGE_ID = StringConstraint.matching(
            "Huawei OTA package id", "[a-zA-Z0-9-]{1,36}", "1 to 36 letters, digits and hyphens");
    private static final StringConstraint VERSION = StringConstraint.matching(
            "Huawei package version",
            "[a-zA-Z0-9_.-]{1,256}",
            "1 to 256 letters, digits, underscores, full stops and hyphens");

    private static final StringConstraint SOURCE_VERSIONS = StringConstraint.matching(
            "Huawei source versions",
            "([a-zA-Z0-9_.-]{1,256}(\\n[a-zA-Z0-9_.-]{1,256}){0,19})?",
            "at most 20 versions, each of 1 to 256 letters, digits, underscores, full stops and hyphens");
    private static final StringConstraint PACKAGE_DESCRIPTION =
            StringConstraint.matching("Huawei package description", "(?s).{1,1024}", "1 to 1024 characters");
    private static final StringConstraint CUSTOM_INFO =
            StringConstraint.matching("Huawei custom info", "(?s).{1,4096}", "1 to 4096 characters");

    private static final LenientJsonReader<ModuleDto> MODULE = LenientJsonReader.of(ModuleDto.class);
    private static final LenientJsonReader<ModulePageDto> MODULES = LenientJsonReader.of(ModulePageDto.class);
    private static final LenientJsonReader<OtaPackageDto> PACKAGE = LenientJsonReader.of(OtaPackageDto.class);
    private static final LenientJsonReader<PackagePageDto> PACKAGES = LenientJsonReader.of(PackagePageDto.class);
    private static final LenientJsonReader<ProductPageDto> PRODUCTS = LenientJsonReader.of(ProductPageDto.class);
    private static final LenientJsonReader<DeviceGroupPageDto> DEVICE_GROUPS =
            LenientJsonReader.of(DeviceGroupPageDto.class);

    /**
     * A page of the modules of a product.
     *
     * @param name the name to find; absent to list all modules
     */
    public record ModulePage(ProductId product, Option<ModuleName> name, MarkerCursor cursor) {}

    /** A page of the packages of one type. */
    public record PackagePage(FirmwareFilter filter, String type, MarkerCursor cursor) {}

    /**
     * A package to create.
     *
     * @param file its object, with region, bucket and key
     * @param sha256 the digest of the object
     */
    public record NewPackage(NewFirmware firmware, FileLocation.ObjectStore file, Checksum sha256) {}

    public final Operation<ModuleId, OtaModule> showModule;
    public final Operation<ModulePage, VendorPage<OtaModule>> listModules;
    public final Operation<NewModule, OtaModule> createModule;
    public final Operation<OtaModule, OtaModule> updateModule;
    public final Operation<ModuleId, DeleteResult> deleteModule;
    public final Operation<FirmwareId, Firmware> showPackage;
    public final Operation<PackagePage, VendorPage<FirmwareSummary>> listPackages;
    public final Operation<NewPackage, Option<FirmwareId>> createPackage;
    public final Operation<FirmwareId, DeleteResult> deletePackage;
    public final Operation<MarkerCursor, VendorPage<ProductSummary>> listProducts;
    public final Operation<MarkerCursor, VendorPage<DeviceGroup>> listDeviceGroups;

    public HuaweiOperations(HuaweiApi api, HuaweiSettings settings) {
        @Nullable String instance = settings.instanceId().getOrNull();
        Option<String> appId = settings.appId();

        showModule = Operation.<ModuleId>read("ShowOtaModule")
                .subject("module {0}", ModuleId::value)
                .valid(MODULE_ID, ModuleId::value)
                .request(id -> api.showOtaModule(instance, id.value()))
                .json(MODULE, (id, dto) -> HuaweiMapping.toModule(dto).flatMap(found -> requireId(id, found)));

        listModules = Operation.<ModulePage>read("ListOtaModules")
                .subject("modules of product {0}", ModulePage::product)
                .validIfPresent(MODULE_NAME, page -> page.name().map(ModuleName::value))
                .valid(PRODUCT, page -> page.product().value())
                .requires(origin -> requireAppId(appId, origin, HuaweiOperations::listingNeedsAppId))
                .request(page -> api.listOtaModules(
                        instance,
                        appId.get(),
                        page.product().value(),
                        PageDto.SIZE,
                        page.cursor().markerParameter()))
                .json(
                        MODULES,
                        (page, dto) -> HuaweiMapping.toModules(dto)
                                .flatMap(modules -> requireProduct(page.product(), modules))
                                .flatMap(modules -> page.cursor().page(dto.page(), modules)));

        createModule = Operation.<NewModule>change("CreateOtaModule")
                .subject("the new {0}", NewModule::toRef)
                .valid(PRODUCT, module -> module.product().value())
                .valid(MODULE_NAME, module -> module.name().value())
                .validIfPresent(ALIAS, NewModule::alias)
                .validIfPresent(DESCRIPTION, NewModule::description)
                .requires(origin -> requireAppId(appId, origin, HuaweiOperations::creationNeedsAppId))
                .request(module -> {
                    ObjectNode body = moduleBody(module.alias(), module.description());
                    body.put("app_id", appId.get());
                    body.put("product_id", module.product().value());
                    body.put("module_name", module.name().value());
                    return api.createOtaModule(instance, OneShotBody.json(body.toString()));
                })
                .json(
                        MODULE,
                        (module, dto) -> HuaweiMapping.toModule(dto)
                                .flatMap(created -> requireName(module.product(), module.name(), created)));

        updateModule = Operation.<OtaModule>change("UpdateOtaModule")
                .subject("module {0}", module -> module.id().get())
                .valid(MODULE_ID, module -> module.id().get().value())
                .request(module -> api.updateOtaModule(
                        instance,
                        module.id().get().value(),
                        OneShotBody.jsonInUtf8(
                                moduleBody(module.alias(), module.description()).toString())))
                .json(
                        MODULE,
                        (module, dto) -> HuaweiMapping.toModule(dto)
                                .flatMap(updated -> requireId(module.id().get(), updated))
                                .flatMap(updated -> requireName(module.product().id(), module.name(), updated)));

        deleteModule = Operation.<ModuleId>deletion("DeleteOtaModule")
                .subject("module {0}", ModuleId::value)
                .valid(MODULE_ID, ModuleId::value)
                .request(id -> api.deleteOtaModule(instance, id.value()))
                .deleted();

        showPackage = Operation.<FirmwareId>read("ShowOtaPackage")
                .subject("firmware {0}", FirmwareId::value)
                .valid(PACKAGE_ID, FirmwareId::value)
                .request(id -> api.showOtaPackage(instance, id.value()))
                .json(PACKAGE, (id, dto) -> HuaweiMapping.toFirmware(dto).flatMap(found -> requireId(id, found)));

        listPackages = Operation.<PackagePage>read("ListOtaPackageInfo")
                .subject(page -> page.filter()
                        .product()
                        .map(id -> Message.of("packages of product {0} ({1})", id, page.type()))
                        .getOrElse(() -> Message.of("packages ({0})", page.type())))
                .validIfPresent(PRODUCT, page -> page.filter().product().map(ProductId::value))
                .validIfPresent(VERSION, page -> page.filter().version().map(FirmwareVersion::value))
                .inBulk(page -> !page.cursor().equals(MarkerCursor.FIRST))
                .request(page -> api.listOtaPackageInfo(
                        instance,
                        page.type(),
                        appId.getOrNull(),
                        page.filter().product().map(ProductId::value).getOrNull(),
                        page.filter().version().map(FirmwareVersion::value).getOrNull(),
                        PageDto.SIZE,
                        page.cursor().markerParameter()))
                .json(
                        PACKAGES,
                        (page, dto) -> HuaweiMapping.toSummaries(dto, page.type())
                                .flatMap(packages -> page.filter().requested(packages, HuaweiIdCanonicalizer::isSame))
                                .flatMap(packages -> page.cursor().page(dto.page(), packages)));

        createPackage = Operation.<NewPackage>change("CreateOtaPackage")
                .subject("the new {0}", NewPackage::firmware)
                .valid(
                        PRODUCT,
                        input -> input.firmware().coordinates().product().value())
                .valid(
                        VERSION,
                        input -> input.firmware().coordinates().version().value())
                .validIfPresent(
                        MODULE_NAME,
                        input -> PackageBody.moduleName(
                                input.firmware().coordinates().target()))
                .valid(
                        SOURCE_VERSIONS,
                        input -> input.firmware().sourceVersions().mkString("\n"))
                .validIfPresent(PACKAGE_DESCRIPTION, input -> input.firmware().description())
                .validIfPresent(CUSTOM_INFO, input -> input.firmware().customInfo())
                .requires(origin -> requireAppId(appId, origin, HuaweiOperations::packageNeedsAppId))
                .request(input -> api.createOtaPackage(instance, OneShotBody.json(PackageBody.of(appId.get(), input))))
                .json(
                        PACKAGE,
                        (input, dto) -> HuaweiMapping.toFirmware(dto)
                                .flatMap(created -> requireCoordinates(input.firmware(), created))
                                .map(created -> Option.some(created.id())));

        deletePackage = Operation.<FirmwareId>deletion("DeleteOtaPackage")
                .subject("firmware {0}", FirmwareId::value)
                .valid(PACKAGE_ID, FirmwareId::value)
                .request(id -> api.deleteOtaPackage(instance, id.value()))
                .deleted();

        listProducts = Operation.<MarkerCursor>read("ListProducts")
                .subject(cursor -> Message.of("products"))
                .inBulk(cursor -> !cursor.equals(MarkerCursor.FIRST))
                .request(
                        cursor -> api.listProducts(instance, appId.getOrNull(), PageDto.SIZE, cursor.markerParameter()))
                .json(
                        PRODUCTS,
                        (cursor, dto) ->
                                HuaweiMapping.toProducts(dto).flatMap(products -> cursor.page(dto.page(), products)));

        listDeviceGroups = Operation.<MarkerCursor>read("ListDeviceGroups")
                .subject(cursor -> Message.of("device groups"))
                .inBulk(cursor -> !cursor.equals(MarkerCursor.FIRST))
                .request(cursor ->
                        api.listDeviceGroups(instance, appId.getOrNull(), PageDto.SIZE, cursor.markerParameter()))
                .json(
                        DEVICE_GROUPS,
                        (cursor, dto) ->
                                HuaweiMapping.toDeviceGroups(dto).flatMap(groups -> cursor.page(dto.page(), groups)));
    }

    private static ObjectNode moduleBody(Option<String> alias, Option<String> description) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        alias.forEach(text -> body.put("alias_name", text));
        description.forEach(text -> body.put("description", text));
        return body;
    }

    private static Either<String, OtaModule> requireId(ModuleId id, OtaModule found) {
        return found.id().exists(other -> HuaweiIdCanonicalizer.isSameId(other.value(), id.value()))
                ? Either.right(found)
                : Either.left("requested module " + id + ", received module "
                        + found.id().get());
    }

    private static Either<String, Firmware> requireId(FirmwareId id, Firmware found) {
        return HuaweiIdCanonicalizer.isSameId(found.id().value(), id.value())
                ? Either.right(found)
                : Either.left("requested package " + id + ", received package " + found.id());
    }

    private static Either<String, Firmware> requireCoordinates(NewFirmware sent, Firmware created) {
        FirmwareCoordinates coordinates = sent.coordinates();
        boolean isSame = created.version().equals(coordinates.version())
                && created.target().equals(coordinates.target())
                && created.product()
                        .forAll(product -> HuaweiIdCanonicalizer.isSame(product.id(), coordinates.product()));
        return isSame
                ? Either.right(created)
                : Either.left("the response describes another package than the request: " + created.id());
    }

    private static Either<String, OtaModule> requireName(ProductId product, ModuleName name, OtaModule found) {
        return HuaweiIdCanonicalizer.isSame(found.product().id(), product)
                        && found.name().equals(name)
                ? Either.right(found)
                : Either.left("requested module " + name + " of product " + product + ", received module "
                        + found.name() + " of product " + found.product().id());
    }

    private static Either<String, List<OtaModule>> requireProduct(ProductId product, List<OtaModule> modules) {
        return modules.find(
                        module -> !HuaweiIdCanonicalizer.isSame(module.product().id(), product))
                .<Either<String, List<OtaModule>>>map(other -> Either.left("requested product " + product
                        + ", received product " + other.product().id()))
                .getOrElse(Either.right(modules));
    }

    /** The failure for a page token that this list did not return. */
    public static OtaFailure invalidToken(OperationContext origin, PageToken from) {
        return new OtaFailure.Rejected(
                FailureDetails.of(
                        origin,
                        Message.of(
                                "{0} is not a page token of this list of backend {1}",
                                ConstraintViolation.quoted(from.value()), origin.backend()),
                        Message.of(
                                "Use a token only with the filter that returned it, or start with the first page; nothing was sent")));
    }

    private static Option<OtaFailure> requireAppId(
            Option<String> appId, OperationContext origin, Function<OperationContext, OtaFailure> failure) {
        return Option.when(appId.isEmpty(), () -> failure.apply(origin));
    }

    private static OtaFailure listingNeedsAppId(OperationContext origin) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "Huawei lists modules and finds them by name only within a resource space, but backend {0} has no"
                                + " app-id",
                        origin.backend()),
                Message.of(
                        "Set app-id to the id of the resource space, or find the module by its id; nothing was sent")));
    }

    private static OtaFailure packageNeedsAppId(OperationContext origin) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "Huawei creates packages only within a resource space, but backend {0} has no app-id",
                        origin.backend()),
                Message.of("Set app-id to the id of the resource space; nothing was sent")));
    }

    private static OtaFailure creationNeedsAppId(OperationContext origin) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "Huawei creates modules only within a resource space, but backend {0} has no app-id",
                        origin.backend()),
                Message.of("Set app-id to the id of the resource space; nothing was sent")));
    }
}
