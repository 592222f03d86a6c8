package io.otabridge.simulators.huawei;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.server.HttpReply;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes what IoTDA answers; a member without a value is left out. */
final class HuaweiResponses {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HuaweiResponses() {}

    static HttpReply found(ObjectNode body, String requestId) {
        return reply(200, body, requestId);
    }

    static HttpReply created(ObjectNode body, String requestId) {
        return reply(201, body, requestId).ofChange();
    }

    static HttpReply changed(ObjectNode body, String requestId) {
        return reply(200, body, requestId).ofChange();
    }

    static HttpReply deleted(String requestId) {
        return new HttpReply(204, Map.of("X-Request-Id", requestId), "").ofChange();
    }

    /** The gateway in front of the service repeats the request id in the body. */
    static HttpReply refused(HuaweiError refusal, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.put("error_code", refusal.code());
        body.put("error_msg", refusal.message());
        put(body, "request_id", refusal.isFromGateway() ? requestId : null);
        return reply(refusal.status(), body, requestId);
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

    /** A package in a list does not say where its file is. */
    static ObjectNode summary(HuaweiPackage kept) {
        ObjectNode body = JSON.createObjectNode();
        body.put("package_id", kept.packageId());
        body.put("app_id", kept.appId());
        body.put("package_type", kept.packageType());
        body.put("product_id", kept.productId());
        put(body, "product_name", kept.productName());
        put(body, "module_name", kept.moduleName());
        body.put("version", kept.version());
        if (!kept.supportSourceVersions().isEmpty()) {
            kept.supportSourceVersions().forEach(body.putArray("support_source_versions")::add);
        }
        put(body, "description", kept.description());
        put(body, "custom_info", kept.customInfo());
        body.put("create_time", kept.createTime());
        return body;
    }

    static ObjectNode detail(HuaweiPackage kept) {
        ObjectNode body = summary(kept);
        HuaweiPackage.ObsLocation obs = kept.obsLocation();
        ObjectNode location = body.putObject("file_location").putObject("obs_location");
        location.put("region_name", obs.regionName());
        location.put("bucket_name", obs.bucketName());
        location.put("object_key", obs.objectKey());
        put(location, "sign_method", obs.signMethod());
        put(location, "sign", obs.sign());
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
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
