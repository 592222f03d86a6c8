package io.otabridge.simulators.fleet;

import io.vavr.control.Option;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A simulated device. Its methods that change it belong to {@link Fleet}. Safe for use by multiple threads. */
public final class FleetDevice {

    private final String product;
    private final String id;
    private volatile DeviceStatus status;
    private volatile SortedMap<String, String> versions;
    private volatile @Nullable Behavior behavior;

    /** The upgrades in progress by the keys of their tasks. Synchronized on the timeline, as the counter. */
    final Map<String, Upgrade> upgrades = new TreeMap<>();

    int attempts;

    /**
     * Creates a device.
     *
     * @param product the product as the cloud names it
     * @param id unique in the product
     * @param versions the installed version of each module
     */
    public FleetDevice(String product, String id, DeviceStatus status, Map<String, String> versions) {
        this.product = product;
        this.id = id;
        this.status = status;
        this.versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    public String product() {
        return product;
    }

    public String id() {
        return id;
    }

    public DeviceStatus status() {
        return status;
    }

    public boolean isOnline() {
        return status == DeviceStatus.ONLINE;
    }

    /** Returns the reported version of each module, under the names that the cloud uses in notices. */
    public SortedMap<String, String> versions() {
        return versions;
    }

    /** Sets what the device does with all further notices. The default depends on the rates of the fleet. */
    public void behave(Behavior value) {
        behavior = value;
    }

    Option<Behavior> behavior() {
        return Option.of(behavior);
    }

    void setStatus(DeviceStatus value) {
        status = value;
    }

    void setVersion(String module, String version) {
        SortedMap<String, String> changed = new TreeMap<>(versions);
        changed.put(module, version);
        versions = Collections.unmodifiableSortedMap(changed);
    }

    @Override
    public String toString() {
        return product + "/" + id;
    }
}
