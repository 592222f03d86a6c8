package io.otabridge.contracts.memory;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceQueryPort;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The devices of an in-memory backend, in the order of ids. */
final class InMemoryDeviceQuery implements DeviceQueryPort {

    private static final String FIND_DEVICE = "FindDevice";
    private static final String LIST_DEVICES = "ListDevices";

    private final InMemoryStore store;

    InMemoryDeviceQuery(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Either<OtaFailure, Device> find(DeviceRef ref) {
        return store.read(
                Capability.FIND_DEVICE,
                FIND_DEVICE,
                () -> store.jobs
                        .locked(() -> store.jobs.devices.find(ref))
                        .map(InMemoryDeviceQuery::withVersions)
                        .toEither(() -> store.absent(FIND_DEVICE, ref.toString())));
    }

    /** A device without versions has reported none. */
    private static Device withVersions(Device device) {
        return new Device(
                device.id(),
                device.product(),
                device.name(),
                device.vendorId(),
                device.status(),
                device.versions().orElse(Option.some(List.empty())),
                device.created());
    }

    @Override
    public Pages<Device> list(DeviceFilter filter) {
        return CompleteListPaginator.byMarker(
                store.origin(LIST_DEVICES), "devices", Device::toRef, from -> entries(filter, from));
    }

    private Either<OtaFailure, VendorPage<Device>> entries(DeviceFilter filter, PageToken from) {
        NavigableMap<String, Device> matching = new TreeMap<>();
        store.jobs
                .locked(() -> store.jobs.devices.of(filter.product(), Option.none()))
                .filter(device -> filter.installed().forAll(InMemoryTask.installed(device)::contains))
                .forEach(device -> matching.put(
                        device.id() + device.product().map(id -> " " + id).getOrElse(""), device));
        Capability needed = filter.installed().isDefined() && store.capabilities.has(Capability.LIST_DEVICES)
                ? Capability.FIND_DEVICES_BY_VERSION
                : Capability.LIST_DEVICES;
        return store.pageOf(needed, LIST_DEVICES, matching, from, Either::right);
    }
}
