package io.otabridge.aliyun.operation;

import static io.otabridge.client.json.FieldReader.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.aliyun.wire.AliyunTimestamps;
import io.otabridge.aliyun.wire.CreatedFirmwareDto;
import io.otabridge.aliyun.wire.FirmwareInfoDto;
import io.otabridge.aliyun.wire.GroupInfoDto;
import io.otabridge.aliyun.wire.LenientListDeserializer;
import io.otabridge.aliyun.wire.ListPageDto;
import io.otabridge.aliyun.wire.ModuleDto;
import io.otabridge.aliyun.wire.ProductInfoDto;
import io.otabridge.aliyun.wire.UploadUrlDto;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.ProductSummary;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Maps wire objects to the domain. {@code Left} describes what is missing or invalid in the response. */
public final class AliyunMapping {

    /** The module that represents the whole device. */
    public static final String DEFAULT_MODULE = "default";

    private static final LenientJsonReader<FirmwareInfoDto> INFO = LenientJsonReader.of(FirmwareInfoDto.class);
    private static final LenientJsonReader<ModuleDto> MODULE = LenientJsonReader.of(ModuleDto.class);
    private static final LenientJsonReader<ProductInfoDto> PRODUCT = LenientJsonReader.of(ProductInfoDto.class);
    private static final LenientJsonReader<GroupInfoDto> GROUP = LenientJsonReader.of(GroupInfoDto.class);
    private static final LenientJsonReader<FirmwareInfoDto.FileDto> FILE =
            LenientJsonReader.of(FirmwareInfoDto.FileDto.class);

    private AliyunMapping() {}

    /** All modules of a product. The list has no pages and no counters, and the platform omits an empty list. */
    static Either<String, List<OtaModule>> toModules(ModuleDto.Response response) {
        FieldReader fields = new FieldReader();
        List<OtaModule> modules = fields.elements(
                "Data",
                LenientListDeserializer.elements(response.data()),
                element -> MODULE.read(element).flatMap(AliyunMapping::toModule));
        if (response.total() != null && response.total() > modules.size()) {
            fields.problem("Total announces " + response.total() + " modules, and Data holds " + modules.size());
        }
        return fields.result(() -> modules);
    }

    public static Either<String, Firmware> toFirmware(FirmwareInfoDto.Response response) {
        return response.firmwareInfo() == null
                ? Either.left("member FirmwareInfo is missing")
                : toFirmware(response.firmwareInfo());
    }

    /**
     * All firmware of a page, or the errors of the invalid ones. A page without a list is valid only if it has a total.
     */
    public static Either<String, List<FirmwareSummary>> toSummaries(FirmwareInfoDto.PageDto page) {
        return entries(
                "FirmwareInfo",
                page.firmwareInfo(),
                page,
                element -> INFO.read(element).flatMap(AliyunMapping::toFirmware).map(FirmwareSummary::of));
    }

    /** All products of a page, as {@link #toSummaries}. */
    static Either<String, List<ProductSummary>> toProducts(ProductInfoDto.PageDto page) {
        return entries(
                "List", page.list(), page, element -> PRODUCT.read(element).flatMap(AliyunMapping::toProduct));
    }

    /** All device groups of a page, as {@link #toSummaries}. */
    static Either<String, List<DeviceGroup>> toDeviceGroups(GroupInfoDto.PageDto page) {
        return entries("Data", page.data(), page, element -> GROUP.read(element).flatMap(AliyunMapping::toDeviceGroup));
    }

    static Either<String, UploadForm> toUploadForm(UploadUrlDto.Response response) {
        return Option.of(response.data())
                .toEither("member Data is missing")
                .flatMap(dto ->
                        toUploadForm(dto, "OSSAccessKeyId", dto.ossAccessKeyId(), "FirmwareUrl", dto.firmwareUrl()));
    }

    /** The same for a list of devices, whose response names two fields differently. */
    public static Either<String, UploadForm> toDeviceListForm(UploadUrlDto.Response response) {
        return Option.of(response.data())
                .toEither("member Data is missing")
                .flatMap(dto -> toUploadForm(dto, "AccessKeyId", dto.accessKeyId(), "FileUrl", dto.fileUrl()));
    }

    private static Either<String, UploadForm> toUploadForm(
            UploadUrlDto dto, String idName, @Nullable String id, String urlName, @Nullable String url) {
        FieldReader fields = new FieldReader();
        Option<String> host = fields.required("Host", dto.host(), Either::right);
        Option<String> key = fields.required("Key", dto.key(), Either::right);
        Option<String> policy = fields.required("Policy", dto.policy(), Either::right);
        Option<String> accessKeyId = fields.required(idName, id, Either::right);
        Option<String> signature = fields.required("Signature", dto.signature(), Either::right);
        Option<String> fileUrl = fields.required(urlName, url, Either::right);
        return fields.result(() ->
                new UploadForm(host.get(), key.get(), policy.get(), accessKeyId.get(), signature.get(), fileUrl.get()));
    }

    static Either<String, FirmwareId> toCreatedId(CreatedFirmwareDto.Response response) {
        FieldReader fields = new FieldReader();
        Option<FirmwareId> id = fields.required(
                "FirmwareId", response.data() == null ? null : response.data().firmwareId(), FirmwareId::parse);
        return fields.result(id::get);
    }

    /**
     * All entries of a page, or the errors of the invalid ones. A page without a list is valid only if it has a total.
     *
     * @param name the field that holds the list
     */
    public static <T> Either<String, List<T>> entries(
            String name, @Nullable JsonNode node, ListPageDto page, Function<JsonNode, Either<String, T>> read) {
        FieldReader fields = new FieldReader();
        Option<List<JsonNode>> list = LenientListDeserializer.list(node);
        if (list.isEmpty() && page.announcedTotal().isEmpty()) {
            fields.problem("member " + name + " is missing");
        }
        List<T> entries = fields.elements(name, list.getOrElse(List.empty()), read);
        return fields.result(() -> entries);
    }

    private static Either<String, ProductSummary> toProduct(ProductInfoDto dto) {
        FieldReader fields = new FieldReader();
        Option<ProductId> id = fields.required("ProductKey", dto.productKey(), ProductId::parse);
        Option<Long> deviceCount = size("DeviceCount", dto.deviceCount(), fields);
        return fields.result(() -> {
            ProductSummary.Builder product = ProductSummary.builder(new Product(id.get(), text(dto.productName())));
            deviceCount.forEach(product::deviceCount);
            text(dto.description()).forEach(product::description);
            AliyunTimestamps.readMillis(dto.gmtCreate()).forEach(product::created);
            return product.build();
        });
    }

    private static Either<String, DeviceGroup> toDeviceGroup(GroupInfoDto dto) {
        FieldReader fields = new FieldReader();
        Option<DeviceGroupId> id = fields.required("GroupId", dto.groupId(), DeviceGroupId::parse);
        return fields.result(() -> {
            DeviceGroup.Builder group = DeviceGroup.builder(id.get());
            text(dto.groupName()).forEach(group::name);
            text(dto.groupDesc()).forEach(group::description);
            AliyunTimestamps.read(dto.utcCreate()).forEach(group::created);
            return group.build();
        });
    }

    private static Either<String, OtaModule> toModule(ModuleDto dto) {
        FieldReader fields = new FieldReader();
        Option<ProductId> product = fields.required("ProductKey", dto.productKey(), ProductId::parse);
        Option<ModuleName> name = fields.required("ModuleName", dto.moduleName(), ModuleName::parse);
        return fields.result(() -> {
            OtaModule.Builder module = OtaModule.builder(Product.of(product.get()), name.get());
            text(dto.aliasName()).forEach(module::alias);
            text(dto.desc()).forEach(module::description);
            AliyunTimestamps.read(dto.gmtCreate()).forEach(module::created);
            AliyunTimestamps.read(dto.gmtModified()).forEach(module::modified);
            return module.build();
        });
    }

    private static Either<String, Firmware> toFirmware(FirmwareInfoDto dto) {
        FieldReader fields = new FieldReader();
        Option<FirmwareId> id = fields.required("FirmwareId", dto.firmwareId(), FirmwareId::parse);
        Option<FirmwareVersion> version = fields.required("DestVersion", dto.destVersion(), FirmwareVersion::parse);
        Option<FirmwareVersion> source = fields.optional("SrcVersion", dto.srcVersion(), FirmwareVersion::parse);
        Option<ProductId> product = fields.optional("ProductKey", dto.productKey(), ProductId::parse);
        FirmwareTarget target = target(dto.moduleName(), fields);
        Verification verification = verification(dto, fields);
        List<FirmwareFile> files = files(dto, fields);
        return fields.result(() -> {
            Firmware.Builder firmware = Firmware.builder(id.get(), version.get())
                    .target(target)
                    .kind(kind(dto, source))
                    .sourceVersions(source.toList())
                    .verification(verification)
                    .files(files);
            text(dto.firmwareName()).forEach(firmware::name);
            product.map(known -> new Product(known, text(dto.productName()))).forEach(firmware::product);
            text(dto.udi()).forEach(firmware::customInfo);
            text(dto.firmwareDesc()).forEach(firmware::description);
            AliyunTimestamps.read(dto.utcCreate()).forEach(firmware::created);
            AliyunTimestamps.read(dto.utcModified()).forEach(firmware::modified);
            return firmware.build();
        });
    }

    /** The part of the device that a module represents. */
    public static FirmwareTarget target(@Nullable String moduleName, FieldReader fields) {
        if (text(moduleName).contains(DEFAULT_MODULE)) {
            return FirmwareTarget.wholeDevice();
        }
        return fields.optional("ModuleName", moduleName, ModuleName::parse)
                .map(FirmwareTarget::module)
                .getOrElse(FirmwareTarget.notStated());
    }

    private static UpdateKind kind(FirmwareInfoDto dto, Option<FirmwareVersion> source) {
        String type = text(dto.type()).getOrElse("");
        return switch (type) {
            case "" -> UpdateKind.notStated();
            case "0" -> UpdateKind.full();
            case "1" -> new UpdateKind.Delta(source);
            default -> UpdateKind.unknown(type);
        };
    }

    private static Verification verification(FirmwareInfoDto dto, FieldReader fields) {
        String status = text(dto.status()).getOrElse("");
        return switch (status) {
            case "" -> Verification.notStated();
            case "-1" -> Verification.notRequired();
            case "0" -> Verification.unverified();
            case "1" -> Verification.verified();
            case "2" -> new Verification.Verifying(percent(dto.verifyProgress(), fields));
            case "3" -> Verification.failed();
            default -> Verification.unknown(status);
        };
    }

    private static Option<Integer> percent(@Nullable Integer progress, FieldReader fields) {
        if (progress != null && (progress < 0 || progress > 100)) {
            fields.problem("member VerifyProgress is " + progress + ", which is not a percentage");
            return Option.none();
        }
        return Option.of(progress);
    }

    /** A package has either a list of files or one file, whose fields are those of the package. */
    private static List<FirmwareFile> files(FirmwareInfoDto dto, FieldReader fields) {
        List<FirmwareFile> multiple = fields.elements(
                "MultiFiles",
                LenientListDeserializer.elements(dto.multiFiles()),
                element -> FILE.read(element).flatMap(file -> toFile(file, dto)));
        Option<FileLocation> location = link(dto.firmwareUrl());
        List<Checksum> checksums = checksums(dto.signMethod(), dto.firmwareSign());
        Option<Long> size = size("FirmwareSize", dto.firmwareSize(), fields);
        boolean isSingle = multiple.isEmpty() && (size.isDefined() || !checksums.isEmpty());
        return location.isDefined() || isSingle
                ? multiple.append(new FirmwareFile(Option.none(), size, checksums, location))
                : multiple;
    }

    private static Either<String, FirmwareFile> toFile(FirmwareInfoDto.FileDto file, FirmwareInfoDto dto) {
        FieldReader fields = new FieldReader();
        Option<Long> size = size("Size", file.size(), fields);
        if (file.equals(FirmwareInfoDto.FileDto.EMPTY)) {
            fields.problem("the element describes no file");
        }
        List<Checksum> checksums =
                checksums(dto.signMethod(), file.signValue()).appendAll(checksums(Checksum.MD5, file.fileMd5()));
        return fields.result(() -> new FirmwareFile(text(file.name()), size, checksums.distinct(), link(file.url())));
    }

    private static Option<Long> size(String name, @Nullable Long bytes, FieldReader fields) {
        if (bytes != null && bytes < 0) {
            fields.problem("member " + name + " is " + bytes + ", which is negative");
            return Option.none();
        }
        return Option.of(bytes);
    }

    private static List<Checksum> checksums(@Nullable String method, @Nullable String value) {
        return text(value)
                .filter(digest -> !digest.isBlank())
                .map(digest -> new Checksum(text(method), digest))
                .toList();
    }

    private static Option<FileLocation> link(@Nullable String url) {
        return text(url).map(FileLocation::downloadLink);
    }
}
