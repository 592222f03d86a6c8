package io.otabridge.aliyun.device;

import static io.otabridge.client.json.FieldReader.text;

import io.otabridge.aliyun.operation.AliyunMapping;
import io.otabridge.aliyun.wire.AliyunTimestamps;
import io.otabridge.aliyun.wire.DeviceInfoDto;
import io.otabridge.aliyun.wire.ModuleVersionDto;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Locale;

/** Maps devices on the wire to the domain. {@code Left} describes what is missing or invalid in the response. */
final class DeviceMapping {

    private static final LenientJsonReader<DeviceInfoDto> DEVICE = LenientJsonReader.of(DeviceInfoDto.class);
    private static final LenientJsonReader<ModuleVersionDto> VERSION = LenientJsonReader.of(ModuleVersionDto.class);

    private DeviceMapping() {}

    /** All devices of a page, or the errors of the invalid ones. */
    static Either<String, List<Device>> toDevices(DeviceInfoDto.PageDto page) {
        return AliyunMapping.entries(
                "Data", page.data(), page, element -> DEVICE.read(element).flatMap(DeviceMapping::toDevice));
    }

    /** All versions of a page, or the errors of the invalid ones. */
    static Either<String, List<ReportedVersion>> toVersions(ModuleVersionDto.PageDto page) {
        return AliyunMapping.entries(
                "Data", page.data(), page, element -> VERSION.read(element).flatMap(DeviceMapping::toVersion));
    }

    static Either<String, List<Device>> requireProduct(ProductId product, List<Device> devices) {
        return devices.find(device -> !device.product().forAll(product::equals))
                .<Either<String, List<Device>>>map(other -> Either.left("requested product " + product
                        + ", received a device of product " + other.product().get()))
                .getOrElse(Either.right(devices));
    }

    static Either<String, List<ReportedVersion>> requireDevice(
            DeviceOperations.VersionPage requested, List<ReportedVersion> versions) {
        boolean isOther = versions.exists(version -> !version.product().forAll(requested.product()::equals)
                || !version.device().forAll(requested.device().value()::equals));
        return isOther ? Either.left("received the versions of another device") : Either.right(versions);
    }

    /** {@code DeviceStatus} in the document "QueryDevice". */
    static Reported<DeviceStatus> status(String raw) {
        return new Reported<>(
                switch (raw.toUpperCase(Locale.ROOT)) {
                    case "ONLINE" -> DeviceStatus.ONLINE;
                    case "OFFLINE" -> DeviceStatus.OFFLINE;
                    case "UNACTIVE" -> DeviceStatus.INACTIVE;
                    case "DISABLE" -> DeviceStatus.DISABLED;
                    default -> DeviceStatus.UNKNOWN;
                },
                raw);
    }

    private static Either<String, Device> toDevice(DeviceInfoDto dto) {
        FieldReader fields = new FieldReader();
        Option<DeviceId> id = fields.required("DeviceName", dto.deviceName(), DeviceId::parse);
        Option<ProductId> product = fields.optional("ProductKey", dto.productKey(), ProductId::parse);
        return fields.result(() -> {
            Device.Builder device = Device.builder(id.get());
            product.forEach(device::product);
            text(dto.nickname()).forEach(device::name);
            text(dto.iotId()).forEach(device::vendorId);
            text(dto.deviceStatus()).map(DeviceMapping::status).forEach(device::status);
            AliyunTimestamps.readMillis(dto.utcCreate())
                    .orElse(() -> AliyunTimestamps.read(dto.gmtCreate()))
                    .forEach(device::created);
            return device.build();
        });
    }

    private static Either<String, ReportedVersion> toVersion(ModuleVersionDto dto) {
        FieldReader fields = new FieldReader();
        if (text(dto.moduleName()).isEmpty()) {
            fields.problem("member ModuleName is missing");
        }
        FirmwareTarget target = AliyunMapping.target(dto.moduleName(), fields);
        // Devices report any text, which must not hide the versions of other modules.
        Option<String> raw = fields.required("ModuleVersion", dto.moduleVersion(), Either::right);
        Option<FirmwareVersion> version =
                raw.flatMap(text -> FirmwareVersion.parse(text).toOption());
        Option<ProductId> product = fields.optional("ProductKey", dto.productKey(), ProductId::parse);
        return fields.result(
                () -> new ReportedVersion(product, text(dto.deviceName()), text(dto.iotId()), target, version));
    }
}
