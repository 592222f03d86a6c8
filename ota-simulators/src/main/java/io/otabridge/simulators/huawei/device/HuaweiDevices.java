package io.otabridge.simulators.huawei.device;

import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiStore;
import io.otabridge.simulators.server.Digests;
import io.vavr.control.Option;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The registered devices. Safe for use by multiple threads. */
public final class HuaweiDevices {

    private final HuaweiStore<Option<String>, HuaweiDevice> store =
            new HuaweiStore<>(HuaweiDevice::id, device -> Set.of(Option.none(), Option.some(device.productId())));
    private final AtomicLong searches = new AtomicLong();

    /** A device that a search found, with its marker. */
    public record Found(HuaweiDevice device, String marker) {}

    /** Returns the store, which lists devices by product. */
    public HuaweiStore<Option<String>, HuaweiDevice> store() {
        return store;
    }

    public Option<HuaweiDevice> find(String id) {
        return store.find(id);
    }

    /** Returns the devices of these groups. */
    public List<HuaweiDevice> inGroups(List<String> groupIds) {
        return store.all().stream()
                .filter(device -> groupIds.stream().anyMatch(device.groupIds()::contains))
                .toList();
    }

    /** Returns the number of devices that match a search, whatever its limit. */
    public long count(DeviceSearch search) {
        return matching(search).size();
    }

    /** Returns the devices that match a search. Without an order it changes from search to search. */
    public List<Found> search(DeviceSearch search) {
        String seed = String.valueOf(searches.incrementAndGet());
        Comparator<Found> order = switch (search.order()) {
            case ASCENDING -> Comparator.comparing(Found::marker);
            case DESCENDING -> Comparator.comparing(Found::marker).reversed();
            case RANDOM -> Comparator.comparing(found -> Digests.md5Hex(seed + found.marker()));
        };
        return matching(search).stream()
                .sorted(order)
                .skip(search.offset())
                .limit(search.rows())
                .toList();
    }

    private List<Found> matching(DeviceSearch search) {
        return store.all().stream()
                .map(device -> new Found(device, store.markerOf(device.id()).get()))
                .filter(found -> search.matches(values(found)))
                .toList();
    }

    private static Function<String, List<String>> values(Found found) {
        HuaweiDevice device = found.device();
        return field -> switch (field) {
            case "app_id" -> List.of(HuaweiPackage.APP_ID);
            case "device_id" -> List.of(device.id());
            case "gateway_id" -> List.of(Option.of(device.gatewayId()).getOrElse(device.id()));
            case "product_id" -> List.of(device.productId());
            case "device_name" -> List.of(device.deviceName());
            case "node_id" -> List.of(device.nodeId());
            case "status" -> List.of(device.status());
            case "node_type" -> List.of(device.gatewayId() == null ? "GATEWAY" : "ENDPOINT");
            case "sw_version" -> device.softwareVersion().toJavaList();
            case "fw_version" -> device.firmwareVersion().toJavaList();
            case "group_id" -> List.copyOf(device.groupIds());
            case "create_time" -> List.of(device.createTime());
            case "marker" -> List.of(found.marker());
            default -> List.of();
        };
    }
}
