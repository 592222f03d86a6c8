package io.otabridge.huawei.operation;

import static io.otabridge.client.json.FieldReader.text;

import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.TimestampFormat;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.ProductSummary;
import io.otabridge.huawei.wire.DeviceGroupPageDto;
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

/** Maps wire objects to the domain. {@code Left} describes what is missing or invalid in the response. */
public final class HuaweiMapping {

    private static final TimestampFormat TIME = TimestampFormat.of("yyyyMMddTHHmmssZ");

    private HuaweiMapping() {}

    static Either<String, OtaModule> toModule(ModuleDto dto) {
        FieldReader fields = new FieldReader();
        Option<ModuleId> id = fields.required("module_id", dto.moduleId(), ModuleId::parse);
        Option<ProductId> product = fields.required("product_id", dto.productId(), ProductId::parse);
        Option<ModuleName> name = fields.required("module_name", dto.moduleName(), ModuleName::parse);
        return fields.result(() -> {
            OtaModule.Builder module = OtaModule.builder(
                            new Product(product.get(), text(dto.productName())), name.get())
                    .id(id.get());
            text(dto.aliasName()).forEach(module::alias);
            text(dto.description()).forEach(module::description);
            text(dto.appId()).forEach(module::resourceSpace);
            time(dto.createTime()).forEach(module::created);
            return module.build();
        });
    }

    /**
     * All modules of a page, or the errors of the invalid ones. A page without a list is valid only if it has a count.
     */
    public static Either<String, List<OtaModule>> toModules(ModulePageDto page) {
        return records("modules", page.modules(), page.page(), HuaweiMapping::toModule);
    }

    /** All products of a page, as {@link #toModules}. */
    static Either<String, List<ProductSummary>> toProducts(ProductPageDto page) {
        return records("products", page.products(), page.page(), HuaweiMapping::toProduct);
    }

    /** All device groups of a page, as {@link #toModules}. */
    static Either<String, List<DeviceGroup>> toDeviceGroups(DeviceGroupPageDto page) {
        return records("device_groups", page.deviceGroups(), page.page(), HuaweiMapping::toDeviceGroup);
    }

    /** All records of a page, or the errors of the invalid ones. A page without a list is valid only if it has a count. */
    public static <D, T> Either<String, List<T>> records(
            String name,
            java.util.@Nullable List<@Nullable D> records,
            @Nullable PageDto page,
            Function<D, Either<String, T>> read) {
        FieldReader fields = new FieldReader();
        if (records == null && PageDto.announcedTotal(page).isEmpty()) {
            fields.problem("member " + name + " is missing");
        }
        List<T> values = fields.elements(name, records, read);
        return fields.result(() -> values);
    }

    private static Either<String, ProductSummary> toProduct(ProductPageDto.ProductDto dto) {
        FieldReader fields = new FieldReader();
        Option<ProductId> id = fields.required("product_id", dto.productId(), ProductId::parse);
        return fields.result(() -> {
            ProductSummary.Builder product = ProductSummary.builder(new Product(id.get(), text(dto.name())));
            text(dto.deviceType()).forEach(product::deviceType);
            text(dto.description()).forEach(product::description);
            text(dto.appId()).forEach(product::resourceSpace);
            time(dto.createTime()).forEach(product::created);
            return product.build();
        });
    }

    private static Either<String, DeviceGroup> toDeviceGroup(DeviceGroupPageDto.DeviceGroupDto dto) {
        FieldReader fields = new FieldReader();
        Option<DeviceGroupId> id = fields.required("group_id", dto.groupId(), DeviceGroupId::parse);
        Option<DeviceGroupId> parent = fields.optional("super_group_id", dto.superGroupId(), DeviceGroupId::parse);
        return fields.result(() -> {
            DeviceGroup.Builder group = DeviceGroup.builder(id.get());
            text(dto.name()).forEach(group::name);
            parent.forEach(group::parent);
            text(dto.description()).forEach(group::description);
            return group.build();
        });
    }

    /**
     * All packages of a page, or the errors of the invalid ones. A page without a list is valid only if it has a count.
     *
     * @param type the requested {@code package_type}; packages without a type are taken to be of this type
     */
    public static Either<String, List<FirmwareSummary>> toSummaries(PackagePageDto page, String type) {
        return records(
                "packages",
                page.packages(),
                page.page(),
                dto -> toFirmware(dto, type).map(FirmwareSummary::of));
    }

    public static Either<String, Firmware> toFirmware(OtaPackageDto dto) {
        return toFirmware(dto, text(dto.packageType()).getOrElse(""));
    }

    private static Either<String, Firmware> toFirmware(OtaPackageDto dto, String type) {
        FieldReader fields = new FieldReader();
        Option<FirmwareId> id = fields.required("package_id", dto.packageId(), FirmwareId::parse);
        Option<FirmwareVersion> version = fields.required("version", dto.version(), FirmwareVersion::parse);
        Option<ProductId> product = fields.optional("product_id", dto.productId(), ProductId::parse);
        FirmwareTarget target = target(dto, type, fields);
        List<FirmwareVersion> sourceVersions = fields.elements(
                "support_source_versions",
                dto.supportSourceVersions(),
                text -> FirmwareVersion.parse(text).mapLeft(ConstraintViolation::message));
        return fields.result(() -> {
            Firmware.Builder firmware = Firmware.builder(id.get(), version.get())
                    .target(target)
                    .sourceVersions(sourceVersions)
                    .verification(Verification.notOffered())
                    .files(files(dto));
            product.map(known -> new Product(known, text(dto.productName()))).forEach(firmware::product);
            text(dto.appId()).forEach(firmware::resourceSpace);
            text(dto.customInfo()).forEach(firmware::customInfo);
            text(dto.description()).forEach(firmware::description);
            time(dto.createTime()).forEach(firmware::created);
            return firmware.build();
        });
    }

    private static FirmwareTarget target(OtaPackageDto dto, String type, FieldReader fields) {
        text(dto.packageType())
                .filter(received -> !received.equals(type))
                .forEach(
                        other -> fields.problem("requested package type " + type + ", received package type " + other));
        return switch (type) {
            case "" -> FirmwareTarget.notStated();
            case "firmwarePackage" -> FirmwareTarget.wholeDevice();
            case "softwarePackage" -> FirmwareTarget.software();
            case "modulePackage" ->
                fields.required("module_name", dto.moduleName(), ModuleName::parse)
                        .map(FirmwareTarget::module)
                        .getOrElse(FirmwareTarget.notStated());
            default -> FirmwareTarget.unknown(type);
        };
    }

    private static List<FirmwareFile> files(OtaPackageDto dto) {
        return Option.of(dto.fileLocation())
                .flatMap(location -> Option.of(location.obsLocation()))
                .map(HuaweiMapping::file)
                .filter(file -> file.location().isDefined() || !file.checksums().isEmpty())
                .toList();
    }

    private static FirmwareFile file(OtaPackageDto.ObsLocationDto obs) {
        FileLocation.ObjectStore objectStore =
                new FileLocation.ObjectStore(text(obs.regionName()), text(obs.bucketName()), text(obs.objectKey()));
        boolean isLocated = List.of(objectStore.region(), objectStore.bucket(), objectStore.key())
                .exists(Option::isDefined);
        // The document "Create an OTA upgrade package" allows SHA256 only and makes it the default of sign_method.
        List<Checksum> checksums = text(obs.sign())
                .filter(sign -> !sign.isBlank())
                .map(sign -> Checksum.of(text(obs.signMethod()).getOrElse(Checksum.SHA256), sign))
                .toList();
        return new FirmwareFile(
                Option.none(), Option.none(), checksums, isLocated ? Option.some(objectStore) : Option.none());
    }

    /** A timestamp; absent if the field is missing. */
    public static Option<VendorTimestamp> time(@Nullable String raw) {
        return text(raw).map(written -> new VendorTimestamp(written, TIME.parse(written)));
    }
}
