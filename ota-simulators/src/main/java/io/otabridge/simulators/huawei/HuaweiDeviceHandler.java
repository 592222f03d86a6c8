package io.otabridge.simulators.huawei;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.huawei.device.DeviceSearch;
import io.otabridge.simulators.huawei.device.HuaweiDevice;
import io.otabridge.simulators.huawei.device.HuaweiDevices;
import io.otabridge.simulators.huawei.store.HuaweiProduct;
import io.otabridge.simulators.huawei.store.HuaweiStore;
import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Shows, lists and searches devices. */
final class HuaweiDeviceHandler {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SQL = Pattern.compile("(?s).{1,400}");
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final HuaweiDevices devices;
    private final HuaweiStore<Option<String>, HuaweiProduct> products;
    private final AtomicInteger searchesLeft = new AtomicInteger(UNLIMITED);
    private volatile boolean supportsSearch = true;

    HuaweiDeviceHandler(HuaweiDevices devices, HuaweiStore<Option<String>, HuaweiProduct> products) {
        this.devices = devices;
        this.products = products;
    }

    void supportSearch(boolean supported) {
        supportsSearch = supported;
    }

    void limitSearches(int count) {
        searchesLeft.set(count);
    }

    Either<HuaweiError, ObjectNode> show(String id) {
        return devices.find(id).map(this::detail).toEither(() -> HuaweiError.unknownDevice(id));
    }

    Either<HuaweiError, ObjectNode> list(ReceivedRequest call) {
        return HuaweiRouter.list(
                call,
                devices.store(),
                call.parameter("product_id"),
                page -> HuaweiResponses.page("devices", page, this::summary));
    }

    Either<HuaweiError, ObjectNode> search(ReceivedRequest call) {
        if (!supportsSearch) {
            return Either.left(HuaweiError.searchNotSupported());
        }
        if (searchesLeft.get() != UNLIMITED && searchesLeft.getAndDecrement() <= 0) {
            return Either.left(HuaweiError.tooManySearches());
        }
        return RequestMembers.of(call).flatMap(body -> {
            String sql = body.required("sql", SQL);
            return body.error().isDefined()
                    ? Either.left(body.error().get())
                    : DeviceSearch.parse(sql)
                            .mapLeft(HuaweiError::invalidSearch)
                            .map(this::found);
        });
    }

    private ObjectNode found(DeviceSearch search) {
        ObjectNode body = JSON.createObjectNode();
        if (search.isCount()) {
            return body.put("count", devices.count(search));
        }
        ArrayNode list = body.putArray("devices");
        for (HuaweiDevices.Found found : devices.search(search)) {
            ObjectNode device = summary(found.device());
            device.putObject("groups");
            device.putObject("tags");
            putModules(device, found.device());
            list.add(device.put("marker", found.marker()));
        }
        return body;
    }

    /** Writes a device as in a list, without modules. */
    private ObjectNode summary(HuaweiDevice device) {
        ObjectNode body = JSON.createObjectNode();
        body.put("app_id", HuaweiSimulator.APP_ID);
        body.put("app_name", "DefaultApp");
        body.put("device_id", device.id());
        body.put("node_id", device.nodeId());
        body.put("gateway_id", Option.of(device.gatewayId()).getOrElse(device.id()));
        body.put("device_name", device.deviceName());
        body.put("node_type", device.gatewayId() == null ? "GATEWAY" : "ENDPOINT");
        device.firmwareVersion().forEach(version -> body.put("fw_version", version));
        device.softwareVersion().forEach(version -> body.put("sw_version", version));
        body.put("product_id", device.productId());
        products.find(device.productId()).forEach(product -> body.put("product_name", product.name()));
        body.put("status", device.status());
        return body;
    }

    private ObjectNode detail(HuaweiDevice device) {
        ObjectNode body = summary(device);
        putModules(body, device);
        ObjectNode auth = body.putObject("auth_info");
        auth.put("auth_type", "SECRET");
        auth.put("secret", Digests.md5Hex("secret of " + device.id()));
        auth.put("secure_access", true);
        auth.put("timeout", 0);
        body.put("create_time", device.createTime());
        body.putArray("tags");
        return body;
    }

    private static void putModules(ObjectNode body, HuaweiDevice device) {
        if (!device.modules().isEmpty()) {
            ArrayNode modules = body.putArray("modules");
            device.modules()
                    .forEach((name, version) ->
                            modules.addObject().put("module_name", name).put("module_version", version));
        }
    }
}
