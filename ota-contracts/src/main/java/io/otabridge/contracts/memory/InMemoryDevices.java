package io.otabridge.contracts.memory;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Devices, their groups, and which of them fail. Guarded by {@link InMemoryJobs}. */
final class InMemoryDevices {

    private final NavigableMap<String, Device> devices = new TreeMap<>();
    private final Map<DeviceGroupId, Set<DeviceId>> members = new HashMap<>();
    private final Map<DeviceId, TaskFailure> failing = new HashMap<>();

    void put(Device device) {
        devices.put(key(device.product(), device.id()), device);
    }

    void addToGroup(DeviceGroupId group, DeviceId device) {
        members.computeIfAbsent(group, any -> new HashSet<>()).add(device);
    }

    void fail(DeviceId device, TaskFailure reason) {
        failing.put(device, reason);
    }

    void repair(DeviceId device) {
        failing.remove(device);
    }

    Option<TaskFailure> failureOf(DeviceId device) {
        return Option.of(failing.get(device));
    }

    /** Without a product, the first device with this id. */
    Option<Device> find(DeviceRef ref) {
        return ref.product().isDefined()
                ? Option.of(devices.get(key(ref.product(), ref.id())))
                : matching(device -> device.id().equals(ref.id())).headOption();
    }

    /** Returns devices in the order of their ids. */
    List<Device> matching(Predicate<Device> predicate) {
        return List.ofAll(devices.values()).filter(predicate);
    }

    /** Returns the devices of a product; all devices without one. */
    List<Device> of(Option<ProductId> product, Option<DeviceGroupId> group) {
        return matching(device -> product.forAll(device.product()::contains)
                && group.forAll(id -> members.getOrDefault(id, Set.of()).contains(device.id())));
    }

    boolean isReachable(Device device) {
        return current(device)
                .status()
                .forAll(status -> !status.is(DeviceStatus.OFFLINE, DeviceStatus.INACTIVE, DeviceStatus.DISABLED));
    }

    /** The device reports the version of the package. */
    void install(Device device, Firmware firmware) {
        Device current = current(device);
        List<InstalledVersion> versions = InMemoryTask.installed(current)
                .reject(one -> one.target().equals(firmware.target()))
                .append(new InstalledVersion(firmware.target(), firmware.version()));
        put(new Device(
                current.id(),
                current.product(),
                current.name(),
                current.vendorId(),
                current.status().orElse(Option.some(Reported.of(DeviceStatus.ONLINE))),
                Option.some(versions),
                current.created()));
    }

    private Device current(Device device) {
        return find(device.toRef()).getOrElse(device);
    }

    private static String key(Option<ProductId> product, DeviceId id) {
        return product.map(ProductId::value).getOrElse("") + "/" + id;
    }
}
