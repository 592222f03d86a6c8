package io.otabridge.simulators.aliyun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.aliyun.store.AliyunDeviceGroup;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.otabridge.simulators.aliyun.store.AliyunProduct;
import io.otabridge.simulators.objectstore.OssSimulator;
import io.otabridge.simulators.server.HttpReply;
import io.vavr.control.Option;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes responses of IoT Platform in JSON or XML. Members without a value are omitted. */
final class AliyunResponses {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AliyunResponses() {}

    /** Returns a response of the service, successful or not. Its XML root has the name of the operation. */
    static HttpReply response(ObjectNode body, String action, boolean isJson) {
        return reply(200, action + "Response", body, isJson);
    }

    static ObjectNode error(AliyunError error, String requestId, String host) {
        ObjectNode body = JSON.createObjectNode();
        body.put("RequestId", requestId);
        if (error.isFromGateway()) {
            body.put("HostId", host);
            body.put("Code", error.code());
            body.put("Message", error.message());
            return body;
        }
        body.put("Success", false);
        body.put("Code", error.code());
        body.put("ErrorMessage", error.message());
        return body;
    }

    /**
     * Returns an error response. The XML root of a gateway error is {@code Error}; that of a service error has the
     * name of the operation.
     */
    static HttpReply errorResponse(AliyunError error, ObjectNode body, String action, boolean isJson) {
        return error.isFromGateway() ? reply(error.status(), "Error", body, isJson) : response(body, action, isJson);
    }

    /** Returns the response to a change. */
    static ObjectNode success(String requestId) {
        return JSON.createObjectNode().put("RequestId", requestId).put("Success", true);
    }

    /** Converts the envelope of a successful response to the form of a documented example. */
    static ObjectNode withLowerCaseEnvelope(ObjectNode body) {
        ObjectNode converted = JSON.createObjectNode();
        converted.set("requestId", body.remove("RequestId"));
        converted.set("success", body.remove("Success"));
        converted.put("code", "").putNull("errorMessage");
        return converted.setAll(body);
    }

    static ObjectNode modules(List<AliyunModule> modules, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode data = body.putArray("Data");
        for (AliyunModule module : modules) {
            ObjectNode element = data.addObject();
            element.put("ProductKey", module.productKey());
            element.put("ModuleName", module.moduleName());
            element.put("AliasName", module.aliasName());
            element.put("Desc", module.desc());
            element.put("GmtCreate", module.gmtCreate());
            element.put("GmtModified", module.gmtModified());
        }
        body.put("RequestId", requestId);
        body.put("Success", true);
        return body;
    }

    static ObjectNode uploadForm(OssSimulator.UploadForm form, String host, String url, String now, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode data = body.putObject("Data");
        data.put("Key", form.key());
        data.put("Host", host);
        data.put("Policy", form.policy());
        data.put("OSSAccessKeyId", form.accessKeyId());
        data.put("ObjectStorage", "OSS");
        data.put("UtcCreate", now);
        data.put("Signature", form.signature());
        data.put("FirmwareUrl", url);
        body.put("RequestId", requestId);
        body.put("Success", true);
        return body;
    }

    static ObjectNode created(AliyunFirmware firmware, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("Data").put("FirmwareId", firmware.firmwareId()).put("UtcCreate", firmware.utcCreate());
        body.put("RequestId", requestId);
        body.put("Success", true);
        return body;
    }

    /** @param link returns the signed link to a file */
    static ObjectNode firmware(AliyunFirmware firmware, UnaryOperator<String> link, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.put("RequestId", requestId);
        ObjectNode info = body.putObject("FirmwareInfo");
        describe(info, firmware);
        info.put("VerifyProgress", firmware.verifyProgress());
        put(info, "FirmwareUrl", Option.of(firmware.firmwareUrl()).map(link).getOrNull());
        if (!firmware.multiFiles().isEmpty()) {
            addFiles(info.putArray("MultiFiles"), firmware.multiFiles(), link);
        }
        put(info, "Udi", firmware.udi());
        body.put("Success", true);
        return body;
    }

    static ObjectNode firmwarePage(List<AliyunFirmware> all, int page, int size, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.put("RequestId", requestId);
        putCounters(body, all.size(), page, size);
        ArrayNode list = body.putObject("FirmwareInfo").putArray("SimpleFirmwareInfo");
        entries(all, page, size).forEach(firmware -> describe(list.addObject(), firmware));
        body.put("Success", true);
        return body;
    }

    static ObjectNode products(List<AliyunProduct> all, int page, int size, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.put("RequestId", requestId);
        ObjectNode data = body.putObject("Data");
        putCounters(data, all.size(), page, size);
        ArrayNode list = data.putObject("List").putArray("ProductInfo");
        for (AliyunProduct product : entries(all, page, size)) {
            ObjectNode info = list.addObject();
            info.put("ProductKey", product.productKey());
            info.put("ProductName", product.productName());
            info.put("NodeType", 0);
            info.put("DataFormat", 1);
            info.put("AuthType", "secret");
            info.put("DeviceCount", product.deviceCount());
            info.put("Description", product.description());
            info.put("GmtCreate", product.gmtCreate());
        }
        body.put("Success", true);
        return body;
    }

    static ObjectNode deviceGroups(List<AliyunDeviceGroup> all, int page, int size, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.put("RequestId", requestId);
        putCounters(body, all.size(), page, size);
        ArrayNode list = body.putObject("Data").putArray("GroupInfo");
        for (AliyunDeviceGroup group : entries(all, page, size)) {
            ObjectNode info = list.addObject();
            info.put("GroupId", group.groupId());
            info.put("GroupName", group.groupName());
            info.put("GroupDesc", group.groupDesc());
            info.put("GroupType", "LINK_PLATFORM");
            info.put("UtcCreate", group.utcCreate());
        }
        body.put("Success", true);
        return body;
    }

    private static void putCounters(ObjectNode body, int total, int page, int size) {
        body.put("Total", total);
        body.put("PageSize", size);
        body.put("PageCount", (total + size - 1) / size);
        body.put("CurrentPage", page);
    }

    private static <T> List<T> entries(List<T> all, int page, int size) {
        int from = Math.min((page - 1) * size, all.size());
        return all.subList(from, Math.min(from + size, all.size()));
    }

    /** Writes the members that lists and details have in common. */
    private static void describe(ObjectNode info, AliyunFirmware firmware) {
        info.put("FirmwareId", firmware.firmwareId());
        info.put("FirmwareName", firmware.firmwareName());
        info.put("ProductKey", firmware.productKey());
        info.put("ProductName", firmware.productName());
        info.put("ModuleName", firmware.moduleName());
        info.put("Type", firmware.type());
        info.put("SrcVersion", firmware.srcVersion());
        info.put("DestVersion", firmware.destVersion());
        info.put("Status", firmware.status());
        info.put("SignMethod", firmware.signMethod());
        put(info, "FirmwareSize", firmware.firmwareSize());
        put(info, "FirmwareSign", firmware.firmwareSign());
        put(info, "FirmwareDesc", firmware.firmwareDesc());
        info.put("UtcCreate", firmware.utcCreate());
        info.put("UtcModified", firmware.utcModified());
    }

    private static void addFiles(ArrayNode files, List<AliyunFirmware.MultiFile> source, UnaryOperator<String> link) {
        for (AliyunFirmware.MultiFile file : source) {
            ObjectNode element = files.addObject();
            element.put("Name", file.name());
            element.put("Size", file.size());
            element.put("Url", link.apply(file.url()));
            element.put("SignValue", file.signValue());
            element.put("FileMd5", file.fileMd5());
        }
    }

    private static void put(ObjectNode body, String name, @Nullable Object value) {
        if (value != null) {
            body.set(name, JSON.valueToTree(value));
        }
    }

    private static HttpReply reply(int status, String root, ObjectNode body, boolean isJson) {
        return isJson
                ? new HttpReply(status, Map.of("Content-Type", "application/json;charset=utf-8"), body.toString())
                : new HttpReply(
                        status, Map.of("Content-Type", "text/xml;charset=utf-8"), AliyunXmlWriter.write(root, body));
    }
}
