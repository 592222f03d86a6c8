package io.otabridge.huawei.operation;

import static io.otabridge.client.json.FieldReader.text;

import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.TimestampFormat;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.firmware.Checksum;
import io.otabridge.domain.firmware.FileLocation;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFile;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.huawei.wire.ModuleDto;
import io.otabridge.huawei.wire.ModulePageDto;
import io.otabridge.huawei.wire.OtaPackageDto;
import io.otabridge.huawei.wire.PackagePageDto;
import io.otabridge.huawei.wire.PageDto;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
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
        FieldReader fields = new FieldReader();
        if (page.modules() == null && PageDto.announcedTotal(page.page()).isEmpty()) {
            fields.problem("member modules is missing");
        }
        List<OtaModule> modules = fields.elements("modules", page.modules(), HuaweiMapping::toModule);
        return fields.result(() -> modules);
    }

    /**
     * All packages of a page, or the errors of the invalid ones. A page without a list is valid only if it has a count.
     *
     * @param type the requested {@code package_type}; packages without a type are taken to be of this type
     */
    public static Either<String, List<FirmwareSummary>> toSummaries(PackagePageDto page, String type) {
        FieldReader fields = new FieldReader();
        if (page.packages() == null && PageDto.announcedTotal(page.page()).isEmpty()) {
            fields.problem("member packages is missing");
        }
        List<Firmware> packages = fields.elements("packages", page.packages(), dto -> toFirmware(dto, type));
        return fields.result(() -> packages.map(FirmwareSummary::of));
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

    private static Option<VendorTimestamp> time(@Nullable String raw) {
        return text(raw).map(written -> new VendorTimestamp(written, TIME.parse(written)));
    }
}
