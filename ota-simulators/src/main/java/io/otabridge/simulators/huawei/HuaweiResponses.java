package io.otabridge.simulators.huawei;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.huawei.store.HuaweiDeviceGroup;
import io.otabridge.simulators.huawei.store.HuaweiModule;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiProduct;
import io.otabridge.simulators.huawei.store.HuaweiStore;
import io.otabridge.simulators.server.HttpReply;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes responses of IoTDA. Members without a value are omitted. */
final class HuaweiResponses {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HuaweiResponses() {}

    static HttpReply ok(ObjectNode body, String requestId) {
        return reply(200, body, requestId);
    }

    static HttpReply created(ObjectNode body, String requestId) {
        return reply(201, body, requestId).ofChange();
    }

    static HttpReply updated(ObjectNode body, String requestId) {
        return reply(200, body, requestId).ofChange();
    }

    static HttpReply deleted(String requestId) {
        return new HttpReply(204, Map.of("X-Request-Id", requestId), "").ofChange();
    }

    /** Returns an error response. Errors of the gateway also have the request id in the body. */
    static HttpReply error(HuaweiError error, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.put("error_code", error.code());
        body.put("error_msg", error.message());
        put(body, "request_id", error.isFromGateway() ? requestId : null);
        return reply(error.status(), body, requestId);
    }

    static <T> ObjectNode page(String name, HuaweiStore.Page<T> page, Function<T, ObjectNode> writer) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode records = body.putArray(name);
        page.records().forEach(record -> records.add(writer.apply(record)));
        ObjectNode position = body.putObject("page");
        position.put("count", page.count());
        page.marker().forEach(marker -> position.put("marker", marker));
        return body;
    }

    static ObjectNode module(HuaweiModule module) {
        ObjectNode body = JSON.createObjectNode();
        body.put("module_id", module.moduleId());
        body.put("app_id", module.appId());
        body.put("product_id", module.productId());
        put(body, "product_name", module.productName());
        body.put("module_name", module.moduleName());
        put(body, "alias_name", module.aliasName());
        put(body, "description", module.description());
        body.put("create_time", module.createTime());
        return body;
    }

    static ObjectNode product(HuaweiProduct product) {
        ObjectNode body = JSON.createObjectNode();
        body.put("app_id", product.appId());
        body.put("app_name", "DefaultApp");
        body.put("product_id", product.productId());
        body.put("name", product.name());
        body.put("device_type", product.deviceType());
        body.put("protocol_type", "MQTT");
        body.put("data_format", "json");
        body.put("manufacturer_name", "OTA Bridge");
        put(body, "description", product.description());
        put(body, "create_time", product.createTime());
        return body;
    }

    static ObjectNode deviceGroup(HuaweiDeviceGroup group) {
        ObjectNode body = JSON.createObjectNode();
        body.put("group_id", group.groupId());
        body.put("name", group.name());
        put(body, "description", group.description());
        put(body, "super_group_id", group.superGroupId());
        body.put("group_type", "STATIC");
        return body;
    }

    /** Writes a package as in a list, without the location of its file. */
    static ObjectNode summary(HuaweiPackage source) {
        ObjectNode body = JSON.createObjectNode();
        body.put("package_id", source.packageId());
        body.put("app_id", source.appId());
        body.put("package_type", source.packageType());
        body.put("product_id", source.productId());
        put(body, "product_name", source.productName());
        put(body, "module_name", source.moduleName());
        body.put("version", source.version());
        if (!source.supportSourceVersions().isEmpty()) {
            source.supportSourceVersions().forEach(body.putArray("support_source_versions")::add);
        }
        put(body, "description", source.description());
        put(body, "custom_info", source.customInfo());
        body.put("create_time", source.createTime());
        return body;
    }

    static ObjectNode detail(HuaweiPackage source) {
        ObjectNode body = summary(source);
        HuaweiPackage.ObsLocation obs = source.obsLocation();
        ObjectNode location = body.putObject("file_location").putObject("obs_location");
        location.put("region_name", obs.regionName());
        location.put("bucket_name", obs.bucketName());
        location.put("object_key", obs.objectKey());
        put(location, "sign_method", obs.signMethod());
        put(location, "sign", obs.sign());
        return body;
    }

    static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static HttpReply reply(int status, ObjectNode body, String requestId) {
        Map<String, String> headers =
                Map.of("Content-Type", "application/json;charset=UTF-8", "X-Request-Id", requestId);
        return new HttpReply(status, headers, body.toString());
    }
}
