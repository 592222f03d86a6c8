package io.otabridge.simulators.aliyun.device;

import static io.otabridge.simulators.aliyun.operation.SimulatedOperation.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.aliyun.operation.OperationError;
import io.otabridge.simulators.aliyun.operation.Paging;
import io.otabridge.simulators.aliyun.operation.Parameters;
import io.otabridge.simulators.aliyun.operation.SimulatedOperation;
import io.otabridge.simulators.aliyun.store.AliyunProduct;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.server.Digests;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The operations "QueryDevice" and "ListOTAModuleVersionsByDevice". */
public final class DeviceOperations {

    /** Further pages need the token of the page before. */
    private static final int WINDOW_WITHOUT_TOKEN = 10_000;

    private static final int WINDOW = 1_000_000;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GMT = DateTimeFormatter.ofPattern(
                    "EEE, dd-MMM-uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final AliyunStore store;
    private final AliyunDevices devices;

    public DeviceOperations(AliyunStore store, AliyunDevices devices) {
        this.store = store;
        this.devices = devices;
    }

    /** Returns the operations. */
    public List<SimulatedOperation> all() {
        return List.of(
                query("QueryDevice", List.of("ProductKey"), this::queryDevice),
                query("ListOTAModuleVersionsByDevice", List.of("CurrentPage", "PageSize"), this::listVersions));
    }

    /**
     * Finds the device that a request identifies by its id, or by product and name. The id wins if both are present.
     */
    public Either<OperationError, AliyunDevice> device(Parameters call) {
        Option<String> iotId = call.find("IotId");
        if (iotId.isEmpty() && (!call.has("ProductKey") || !call.has("DeviceName"))) {
            return Either.left(
                    call.has("ProductKey")
                            ? new OperationError("iot.device.NullDeviceName", "The device name is missing.")
                            : new OperationError("iot.prod.NullProductKey", "The product key is missing."));
        }
        return iotId.map(id -> devices.findById(products(), id))
                .getOrElse(() -> devices.find(call.text("ProductKey"), call.text("DeviceName")))
                .toEither(
                        iotId.isDefined()
                                ? new OperationError("iot.device.InvalidIoTId", "The device id is invalid.")
                                : OperationError.noSuchDevice());
    }

    private List<String> products() {
        return store.products().stream().map(AliyunProduct::productKey).toList();
    }

    private Either<OperationError, ObjectNode> queryDevice(Parameters call) {
        String product = call.text("ProductKey");
        if (!store.hasProduct(product)) {
            return Either.left(OperationError.noSuchProduct());
        }
        return Paging.of(call, 50)
                .filterOrElse(page -> isInWindow(call, page), page -> OperationError.invalidPage())
                .map(page -> writeDevices(page, product));
    }

    private static boolean isInWindow(Parameters call, Paging page) {
        return call.find("NextToken")
                .map(token -> page.end() < WINDOW && token.equals(token(call.text("ProductKey"), page.page())))
                .getOrElse(page.end() <= WINDOW_WITHOUT_TOKEN);
    }

    /** Returns the token of a page, which the page before contains. */
    private static String token(String product, int page) {
        return Digests.md5Hex(product + " page " + page);
    }

    private ObjectNode writeDevices(Paging page, String product) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        List<AliyunDevice> all = devices.ofProduct(product);
        page.write(body, "Page", all.size());
        if (page.end() < all.size()) {
            body.put("NextToken", token(product, page.page() + 1));
        }
        ArrayNode list = body.putObject("Data").putArray("DeviceInfo");
        for (AliyunDevice device : page.of(all)) {
            ObjectNode info = list.addObject();
            info.put("ProductKey", device.productKey());
            info.put("DeviceName", device.deviceName());
            info.put("DeviceSecret", device.deviceSecret());
            info.put("DeviceStatus", device.deviceStatus());
            info.put("IotId", device.iotId());
            info.put("Nickname", "");
            info.put("GmtCreate", GMT.format(device.utcCreate()));
            info.put("GmtModified", GMT.format(device.utcCreate()));
            info.put("UtcCreate", UTC.format(device.utcCreate()));
            info.put("UtcModified", UTC.format(device.utcCreate()));
        }
        return body;
    }

    private Either<OperationError, ObjectNode> listVersions(Parameters call) {
        return Paging.of(call, 200).flatMap(page -> device(call).map(device -> writeVersions(page, device)));
    }

    private static ObjectNode writeVersions(Paging page, AliyunDevice device) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        List<Map.Entry<String, String>> all = List.copyOf(device.versions().entrySet());
        page.write(body, "CurrentPage", all.size());
        ArrayNode list = body.putObject("Data").putArray("SimpleOTAModuleInfo");
        for (Map.Entry<String, String> version : page.of(all)) {
            ObjectNode info = list.addObject();
            info.put("IotId", device.iotId());
            info.put("ModuleVersion", version.getValue());
            info.put("ModuleName", version.getKey());
            info.put("ProductKey", device.productKey());
            info.put("DeviceName", device.deviceName());
        }
        return body;
    }
}
