package io.otabridge.simulators.huawei.device;

import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FleetDevice;
import io.vavr.control.Option;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A device as registered at IoTDA, with the vendor's member names.
 *
 * @param device the simulated device; its id is the {@code device_id}
 * @param gatewayId the {@code device_id} of its gateway; null if it is connected directly
 * @param createTime as sent, such as {@code 20230211T121212Z}
 */
public record HuaweiDevice(
        FleetDevice device,
        String nodeId,
        String deviceName,
        @Nullable String gatewayId,
        String createTime,
        Set<String> groupIds) {

    /** The version of the whole device, under which {@link FleetDevice#versions} has {@code fw_version}. */
    public static final String FIRMWARE = "$firmware";

    /** The version of the software, under which {@link FleetDevice#versions} has {@code sw_version}. */
    public static final String SOFTWARE = "$software";

    /** Copies the set. */
    public HuaweiDevice {
        groupIds = Set.copyOf(groupIds);
    }

    /** Returns a directly connected device of no group, whose id consists of the product and the node. */
    public static HuaweiDevice of(String productId, String nodeId, DeviceStatus status, Map<String, String> versions) {
        return of(new FleetDevice(productId, productId + "_" + nodeId, status, versions), nodeId);
    }

    /** Returns a directly connected device of no group. */
    public static HuaweiDevice of(FleetDevice device, String nodeId) {
        return new HuaweiDevice(device, nodeId, nodeId, null, "20230301T080000Z", Set.of());
    }

    /** Returns a copy with other groups. */
    public HuaweiDevice inGroups(String... ids) {
        return new HuaweiDevice(device, nodeId, deviceName, gatewayId, createTime, Set.of(ids));
    }

    public String id() {
        return device.id();
    }

    public String productId() {
        return device.product();
    }

    /** Returns {@code status}, as sent. */
    public String status() {
        return device.status() == DeviceStatus.DISABLED
                ? "FROZEN"
                : device.status().name();
    }

    public Option<String> firmwareVersion() {
        return Option.of(device.versions().get(FIRMWARE));
    }

    public Option<String> softwareVersion() {
        return Option.of(device.versions().get(SOFTWARE));
    }

    /** Returns the versions of the modules by name. */
    public SortedMap<String, String> modules() {
        SortedMap<String, String> modules = new TreeMap<>(device.versions());
        modules.remove(FIRMWARE);
        modules.remove(SOFTWARE);
        return modules;
    }
}
