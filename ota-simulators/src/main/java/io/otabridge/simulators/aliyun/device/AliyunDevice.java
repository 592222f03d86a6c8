package io.otabridge.simulators.aliyun.device;

import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FleetDevice;
import io.otabridge.simulators.server.Digests;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * A device as IoT Platform returns it, with the vendor's member names. Id and secret are derived from product and name.
 *
 * @param deviceSecret the secret, which "QueryDevice" returns
 * @param deviceStatus {@code ONLINE}, {@code OFFLINE}, {@code UNACTIVE} or {@code DISABLE}
 * @param utcCreate when the device was registered
 * @param versions the reported versions by module; empty if the device has reported none
 */
public record AliyunDevice(
        String productKey,
        String deviceName,
        String iotId,
        String deviceSecret,
        String deviceStatus,
        Instant utcCreate,
        SortedMap<String, String> versions) {

    private static final Map<DeviceStatus, String> STATUSES = Map.of(
            DeviceStatus.ONLINE, "ONLINE",
            DeviceStatus.OFFLINE, "OFFLINE",
            DeviceStatus.INACTIVE, "UNACTIVE",
            DeviceStatus.DISABLED, "DISABLE");

    static AliyunDevice of(FleetDevice device, Instant created) {
        return new AliyunDevice(
                device.product(),
                device.id(),
                iotId(device),
                Digests.md5Hex("secret of " + device),
                STATUSES.getOrDefault(device.status(), "UNACTIVE"),
                created,
                device.versions());
    }

    /** Returns the {@code IotId} of a device. */
    public static String iotId(FleetDevice device) {
        return Digests.md5Hex(device.toString()).substring(0, 22) + "000100";
    }
}
