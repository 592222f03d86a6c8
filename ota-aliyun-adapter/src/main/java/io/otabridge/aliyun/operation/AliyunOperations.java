package io.otabridge.aliyun.operation;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.wire.AliyunApi;
import io.otabridge.aliyun.wire.CreatedFirmwareDto;
import io.otabridge.aliyun.wire.EnvelopeDto;
import io.otabridge.aliyun.wire.FirmwareInfoDto;
import io.otabridge.aliyun.wire.GroupInfoDto;
import io.otabridge.aliyun.wire.ModuleDto;
import io.otabridge.aliyun.wire.ProductInfoDto;
import io.otabridge.aliyun.wire.UploadUrlDto;
import io.otabridge.client.Operation;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.Message;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.ProductSummary;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;

/** The operations of the platform, as described in the documents of the same names. */
public final class AliyunOperations {

    /** The maximum in the document "ListOTAFirmware". */
    private static final int PAGE_SIZE = 100;

    /** The maximum in the documents "QueryProductList" and "QueryDeviceGroupList". */
    private static final int RESOURCE_PAGE_SIZE = 200;

    private static final LenientJsonReader<ModuleDto.Response> MODULES = LenientJsonReader.of(ModuleDto.Response.class);
    private static final LenientJsonReader<FirmwareInfoDto.Response> FIRMWARE =
            LenientJsonReader.of(FirmwareInfoDto.Response.class);
    private static final LenientJsonReader<FirmwareInfoDto.PageDto> PAGE =
            LenientJsonReader.of(FirmwareInfoDto.PageDto.class);
    private static final LenientJsonReader<ProductInfoDto.Response> PRODUCTS =
            LenientJsonReader.of(ProductInfoDto.Response.class);
    private static final LenientJsonReader<GroupInfoDto.PageDto> DEVICE_GROUPS =
            LenientJsonReader.of(GroupInfoDto.PageDto.class);
    private static final LenientJsonReader<UploadUrlDto.Response> UPLOAD_URL =
            LenientJsonReader.of(UploadUrlDto.Response.class);
    private static final LenientJsonReader<CreatedFirmwareDto.Response> CREATED =
            LenientJsonReader.of(CreatedFirmwareDto.Response.class);
    private static final LenientJsonReader<EnvelopeDto> ENVELOPE = LenientJsonReader.of(EnvelopeDto.class);

    /**
     * All modules of a product.
     *
     * @param module the module to find among them; absent to list all
     */
    public record ModuleList(ProductId product, Option<ModuleRef.ByName> module) {}

    /** A page of firmware, before filtering by target and verification. */
    public record FirmwarePage(FirmwareFilter filter, NumberedPageCursor cursor) {}

    public final Operation<ModuleList, List<OtaModule>> listModules;
    public final Operation<NewModule, OtaModule> createModule;
    public final Operation<OtaModule, OtaModule> updateModule;
    public final Operation<ModuleRef.ByName, DeleteResult> deleteModule;
    public final Operation<FirmwareId, Firmware> queryFirmware;
    public final Operation<FirmwarePage, VendorPage<FirmwareSummary>> listFirmware;
    public final Operation<FirmwareId, DeleteResult> deleteFirmware;
    public final Operation<String, UploadForm> generateUploadUrl;
    public final Operation<FirmwareCreation, FirmwareId> createFirmware;
    public final Operation<FirmwareModification, Firmware> modifyFirmware;
    public final Operation<NumberedPageCursor, VendorPage<ProductSummary>> listProducts;
    public final Operation<NumberedPageCursor, VendorPage<DeviceGroup>> listDeviceGroups;

    public AliyunOperations(AliyunApi api, AliyunSettings settings) {
        @Nullable String instance = settings.instanceId().getOrNull();
        Dialect.Rules rules = settings.dialect().rules();

        listModules = Operation.<ModuleList>read("ListOTAModuleByProduct")
                .subject(list -> list.module()
                        .map(module -> Message.of("{0}", module))
                        .getOrElse(() -> Message.of("modules of product {0}", list.product())))
                .validIfPresent(
                        rules.moduleName(),
                        list -> list.module().map(module -> module.name().value()))
                .request(list ->
                        api.listOtaModuleByProduct(instance, list.product().value()))
                .json(
                        MODULES,
                        (list, dto) -> AliyunMapping.toModules(dto)
                                .flatMap(modules -> requireProduct(list.product(), modules)));

        createModule = Operation.<NewModule>change("CreateOTAModule")
                .subject(
                        module -> Message.of("the creation of {0}", module.toRef()),
                        module -> Message.of("the new {0}", module.toRef()))
                .valid(rules.moduleName(), module -> module.name().value())
                .validIfPresent(rules.alias(), NewModule::alias)
                .validIfPresent(rules.description(), NewModule::description)
                .request(module -> api.createOtaModule(
                        instance,
                        module.product().value(),
                        module.name().value(),
                        module.alias().getOrNull(),
                        module.description().getOrNull()))
                .json(ENVELOPE, (module, envelope) -> Either.right(module.toModule()));

        updateModule = Operation.<OtaModule>change("UpdateOTAModule")
                .subject(
                        module -> Message.of("the change of {0}", ref(module)),
                        module -> Message.of("{0}", ref(module)))
                .request(module -> api.updateOtaModule(
                        instance,
                        module.product().id().value(),
                        module.name().value(),
                        module.alias().getOrNull(),
                        module.description().getOrNull()))
                .json(ENVELOPE, (module, envelope) -> Either.right(module));

        // It is not retried: a retry could delete a module of the same name that was created in between.
        deleteModule = Operation.<ModuleRef.ByName>change("DeleteOTAModule")
                .subject(ref -> Message.of("the deletion of {0}", ref), ref -> Message.of("{0}", ref))
                .request(ref -> api.deleteOtaModule(
                        instance, ref.product().value(), ref.name().value()))
                .deleted();

        queryFirmware = Operation.<FirmwareId>read("QueryOTAFirmware")
                .subject("firmware {0}", FirmwareId::value)
                .valid(rules.firmwareId(), FirmwareId::value)
                .request(id -> api.queryOtaFirmware(instance, id.value()))
                .json(FIRMWARE, (id, dto) -> AliyunMapping.toFirmware(dto).flatMap(found -> requireId(id, found)));

        listFirmware = Operation.<FirmwarePage>read("ListOTAFirmware")
                .subject(page -> page.filter()
                        .product()
                        .map(id -> Message.of(
                                "packages of product {0} (page {1})",
                                id, page.cursor().number()))
                        .getOrElse(() ->
                                Message.of("packages (page {0})", page.cursor().number())))
                .needs(
                        Capability.SOFTWARE_PACKAGES,
                        page -> page.filter().target().exists(FirmwareTarget.Software.class::isInstance))
                .inBulk(page -> page.cursor().number() > 1)
                .request(page -> api.listOtaFirmware(
                        instance,
                        page.filter().product().map(ProductId::value).getOrNull(),
                        page.filter().version().map(FirmwareVersion::value).getOrNull(),
                        page.cursor().number(),
                        PAGE_SIZE))
                .json(
                        PAGE,
                        (page, dto) -> AliyunMapping.toSummaries(dto)
                                .flatMap(firmware -> page.filter().requested(firmware, ProductId::equals))
                                .flatMap(firmware -> NumberedPages.toPage(dto, page.cursor(), firmware, PAGE_SIZE)));

        deleteFirmware = Operation.<FirmwareId>deletion("DeleteOTAFirmware")
                .subject(id -> Message.of("the deletion of firmware {0}", id), id -> Message.of("firmware {0}", id))
                .valid(rules.firmwareId(), FirmwareId::value)
                .absentIf(AliyunErrors::isFirmwareNotFound)
                .request(id -> api.deleteOtaFirmware(instance, id.value()))
                .deleted();

        // A form is valid for one upload, so two callers must not share it.
        generateUploadUrl = Operation.<String>uncoalescedRead("GenerateOTAUploadURL")
                .subject(suffix -> Message.of("an upload URL"))
                .request(suffix -> api.generateOtaUploadUrl(instance, suffix))
                .json(UPLOAD_URL, (suffix, dto) -> AliyunMapping.toUploadForm(dto));

        createFirmware = Operation.<FirmwareCreation>change("CreateOTAFirmware")
                .subject(
                        creation -> Message.of("the creation of {0}", creation.firmware()),
                        creation -> Message.of("the new {0}", creation.firmware()))
                .needs(Capability.PUBLISH_FIRMWARE, creation -> true)
                .needs(Capability.SOFTWARE_PACKAGES, FirmwareCreation::isSoftware)
                .needs(Capability.SEVERAL_FILES, creation -> creation.files().size() > 1)
                .needs(Capability.SOURCE_VERSIONS_OF_FULL_IMAGE, FirmwareCreation::isFullForSourceVersions)
                .valid(rules.moduleName(), FirmwareCreation::moduleName)
                .valid(rules.firmwareName(), FirmwareCreation::name)
                .valid(rules.firmwareVersion(), FirmwareCreation::version)
                .validIfPresent(rules.firmwareVersion(), FirmwareCreation::sourceVersion)
                .validIfPresent(
                        rules.firmwareDescription(),
                        creation -> creation.firmware().description())
                .validIfPresent(
                        rules.customInfo(), creation -> creation.firmware().customInfo())
                .request(creation -> api.createOtaFirmware(
                        instance,
                        creation.firmware().coordinates().product().value(),
                        creation.moduleName(),
                        creation.name(),
                        creation.version(),
                        creation.type().getOrNull(),
                        creation.sourceVersion().getOrNull(),
                        creation.firmware().needsVerification().getOrNull(),
                        creation.firmware().description().getOrNull(),
                        creation.firmware().customInfo().getOrNull(),
                        creation.fileFields()))
                .json(CREATED, (creation, dto) -> AliyunMapping.toCreatedId(dto));

        modifyFirmware = Operation.<FirmwareModification>change("ModifyOTAFirmware")
                .subject(
                        change -> Message.of("the change of firmware {0}", change.id()),
                        change -> Message.of("firmware {0}", change.id()))
                .request(change -> api.modifyOtaFirmware(
                        instance,
                        change.id().value(),
                        change.product().getOrNull(),
                        change.name(settings.dialect().isCloud()).getOrNull(),
                        change.description().getOrNull(),
                        settings.dialect().isCloud() ? change.customInfo().getOrNull() : null,
                        settings.dialect().isCloud()
                                ? null
                                : change.customInfo().getOrNull()))
                .json(ENVELOPE, (change, envelope) -> Either.right(change.result()));

        listProducts = Operation.<NumberedPageCursor>read("QueryProductList")
                .subject(cursor -> Message.of("products (page {0})", cursor.number()))
                .inBulk(cursor -> cursor.number() > 1)
                .request(cursor -> api.queryProductList(instance, cursor.number(), RESOURCE_PAGE_SIZE))
                .json(
                        PRODUCTS,
                        (cursor, response) -> Option.of(response.data())
                                .toEither("member Data is missing")
                                .flatMap(page -> AliyunMapping.toProducts(page)
                                        .flatMap(products ->
                                                NumberedPages.toPage(page, cursor, products, RESOURCE_PAGE_SIZE))));

        listDeviceGroups = Operation.<NumberedPageCursor>read("QueryDeviceGroupList")
                .subject(cursor -> Message.of("device groups (page {0})", cursor.number()))
                .inBulk(cursor -> cursor.number() > 1)
                .request(cursor -> api.queryDeviceGroupList(instance, cursor.number(), RESOURCE_PAGE_SIZE))
                .json(
                        DEVICE_GROUPS,
                        (cursor, page) -> AliyunMapping.toDeviceGroups(page)
                                .flatMap(groups -> NumberedPages.toPage(page, cursor, groups, RESOURCE_PAGE_SIZE)));
    }

    private static String ref(OtaModule module) {
        return ModuleRef.named(module.product().id(), module.name()).toString();
    }

    private static Either<String, List<OtaModule>> requireProduct(ProductId product, List<OtaModule> modules) {
        return modules.find(module -> !module.product().id().equals(product))
                .<Either<String, List<OtaModule>>>map(other -> Either.left("requested product " + product
                        + ", received product " + other.product().id()))
                .getOrElse(Either.right(modules));
    }

    private static Either<String, Firmware> requireId(FirmwareId id, Firmware found) {
        return found.id().value().equals(id.value())
                ? Either.right(found)
                : Either.left("requested firmware " + id + ", received firmware " + found.id());
    }
}
