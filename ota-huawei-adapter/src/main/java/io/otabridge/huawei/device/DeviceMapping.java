package io.otabridge.huawei.device;

import static io.otabridge.client.json.FieldReader.text;

import io.otabridge.client.json.FieldReader;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.huawei.operation.HuaweiMapping;
import io.otabridge.huawei.wire.DeviceDto;
import io.otabridge.huawei.wire.DevicePageDto;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.TreeMap;
import io.vavr.control.Either;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;

/** Maps devices to the domain. {@code Left} describes what is missing or invalid in the response. */
final class DeviceMapping {

    /** The values of {@code status} in the document "Query a Device". */
    static final Map<String, DeviceStatus> STATUS = TreeMap.of(
            "ONLINE", DeviceStatus.ONLINE,
            "OFFLINE", DeviceStatus.OFFLINE,
            "INACTIVE", DeviceStatus.INACTIVE,
            "ABNORMAL", DeviceStatus.ABNORMAL,
            "FROZEN", DeviceStatus.DISABLED);

    private DeviceMapping() {}

    static Either<String, Device> toDevice(DeviceDto dto) {
        FieldReader fields = new FieldReader();
        Option<DeviceId> id = fields.required("device_id", dto.deviceId(), DeviceId::parse);
        Option<ProductId> product = fields.optional("product_id", dto.productId(), ProductId::parse);
        List<InstalledVersion> versions = version(dto.fwVersion(), FirmwareTarget.wholeDevice())
                .toList()
                .appendAll(version(dto.swVersion(), FirmwareTarget.software()))
                .appendAll(fields.elements("modules", dto.modules(), DeviceMapping::toVersion)
                        .flatMap(version -> version));
        return fields.result(() -> {
            Device.Builder device = Device.builder(id.get()).versions(versions);
            product.forEach(device::product);
            text(dto.deviceName()).forEach(device::name);
            text(dto.status())
                    .map(raw -> new Reported<>(STATUS.getOrElse(raw, DeviceStatus.UNKNOWN), raw))
                    .forEach(device::status);
            HuaweiMapping.time(dto.createTime()).forEach(device::created);
            return device.build();
        });
    }

    /** All devices of a page, or the errors of the invalid ones. */
    static Either<String, List<Device>> toDevices(DevicePageDto page) {
        return HuaweiMapping.records("devices", page.devices(), page.page(), DeviceMapping::toDevice);
    }

    /** The device chooses this text. One that is no version is left out, so that the other devices can be read. */
    private static Option<InstalledVersion> version(@Nullable String raw, FirmwareTarget target) {
        return text(raw)
                .flatMap(reported -> FirmwareVersion.parse(reported).toOption())
                .map(version -> new InstalledVersion(target, version));
    }

    /** The version of a module; absent if the device has reported none, or a text that is no version. */
    private static Either<String, Option<InstalledVersion>> toVersion(DeviceDto.DeviceModuleDto dto) {
        FieldReader fields = new FieldReader();
        Option<ModuleName> name = fields.required("module_name", dto.moduleName(), ModuleName::parse);
        return fields.result(() -> version(dto.moduleVersion(), FirmwareTarget.module(name.get())));
    }
}
