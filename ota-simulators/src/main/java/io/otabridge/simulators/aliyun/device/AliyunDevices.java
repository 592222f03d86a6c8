package io.otabridge.simulators.aliyun.device;

import io.otabridge.simulators.fleet.Fleet;
import io.otabridge.simulators.fleet.FleetDevice;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The devices of a fleet as IoT Platform sees them, and the members of its groups. Safe for use by multiple threads. */
public final class AliyunDevices {

    private static final Instant FIRST_TIME = Instant.parse("2021-01-01T00:00:00Z");

    private final Fleet fleet;
    private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();
    private volatile int generated;

    public AliyunDevices(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Replaces all generated devices of the product {@link GeneratedDevices#PRODUCT}. */
    public void generate(int count) {
        generated = count;
    }

    /** Finds a device by product and name. */
    public Option<AliyunDevice> find(String productKey, String deviceName) {
        return fleet.find(productKey, deviceName)
                .orElse(() -> Option.when(productKey.equals(GeneratedDevices.PRODUCT), deviceName)
                        .flatMap(name -> GeneratedDevices.number(name, generated))
                        .map(GeneratedDevices::device))
                .map(device -> AliyunDevice.of(device, FIRST_TIME));
    }

    /**
     * Finds a device by its {@code IotId}.
     *
     * @param products the keys of all products
     */
    public Option<AliyunDevice> findById(List<String> products, String iotId) {
        return Option.ofOptional(products.stream()
                        .flatMap(product -> fleet.devices(product).stream())
                        .filter(device -> AliyunDevice.iotId(device).equals(iotId))
                        .findFirst())
                .map(device -> AliyunDevice.of(device, FIRST_TIME));
    }

    /** Returns the devices of a product, newest first. */
    public List<AliyunDevice> ofProduct(String productKey) {
        List<FleetDevice> devices = fleet.devices(productKey);
        return devices.isEmpty() && productKey.equals(GeneratedDevices.PRODUCT)
                ? GeneratedDevices.list(generated)
                : newestFirst(devices);
    }

    private static List<AliyunDevice> newestFirst(List<FleetDevice> devices) {
        return new AbstractList<>() {
            @Override
            public AliyunDevice get(int index) {
                int number = devices.size() - 1 - index;
                return AliyunDevice.of(devices.get(number), FIRST_TIME.plusSeconds(60L * number));
            }

            @Override
            public int size() {
                return devices.size();
            }
        };
    }

    /** Adds a device to a group. */
    public void addToGroup(String groupId, FleetDevice device) {
        groups.computeIfAbsent(groupId, absent -> ConcurrentHashMap.newKeySet()).add(device.toString());
    }

    /** Returns whether a device is in a group. */
    public boolean isInGroup(String groupId, FleetDevice device) {
        return groups.getOrDefault(groupId, Set.of()).contains(device.toString());
    }
}
