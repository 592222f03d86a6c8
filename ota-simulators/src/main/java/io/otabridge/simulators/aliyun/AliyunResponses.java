package io.otabridge.simulators.aliyun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.server.HttpReply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what IoT Platform answers, in JSON or XML; a member without a value is left out. */
final class AliyunResponses {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AliyunResponses() {}

    /** An answer of the service, successful or not, is called after the operation. */
    static HttpReply found(ObjectNode body, String action, boolean isJson) {
        return reply(200, action + "Response", body, isJson);
    }

    static ObjectNode refusal(AliyunError refusal, String requestId, String host) {
        ObjectNode body = JSON.createObjectNode();
        body.put("RequestId", requestId);
        if (refusal.isFromGateway()) {
            body.put("HostId", host);
            body.put("Code", refusal.code());
            body.put("Message", refusal.message());
            return body;
        }
        body.put("Success", false);
        body.put("Code", refusal.code());
        body.put("ErrorMessage", refusal.message());
        return body;
    }

    /** A refusal of the service is called after the operation too, one of the gateway is not. */
    static HttpReply refused(AliyunError refusal, ObjectNode body, String action, boolean isJson) {
        return refusal.isFromGateway() ? reply(refusal.status(), "Error", body, isJson) : found(body, action, isJson);
    }

    /** The whole answer to a change. */
    static ObjectNode done(String requestId) {
        return JSON.createObjectNode().put("RequestId", requestId).put("Success", true);
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

    static ObjectNode firmware(AliyunFirmware firmware, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.put("RequestId", requestId);
        ObjectNode info = body.putObject("FirmwareInfo");
        describe(info, firmware);
        info.put("VerifyProgress", firmware.verifyProgress());
        put(info, "FirmwareUrl", firmware.firmwareUrl());
        if (!firmware.multiFiles().isEmpty()) {
            addFiles(info.putArray("MultiFiles"), firmware.multiFiles());
        }
        put(info, "Udi", firmware.udi());
        body.put("Success", true);
        return body;
    }

    static ObjectNode firmwarePage(List<AliyunFirmware> all, int page, int size, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.put("RequestId", requestId);
        body.put("Total", all.size());
        body.put("PageSize", size);
        body.put("PageCount", (all.size() + size - 1) / size);
        body.put("CurrentPage", page);
        ArrayNode list = body.putObject("FirmwareInfo").putArray("SimpleFirmwareInfo");
        int from = Math.min((page - 1) * size, all.size());
        all.subList(from, Math.min(from + size, all.size())).forEach(firmware -> describe(list.addObject(), firmware));
        body.put("Success", true);
        return body;
    }

    /** What a list tells of a package, and its detail too. */
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

    private static void addFiles(ArrayNode files, List<AliyunFirmware.MultiFile> kept) {
        for (AliyunFirmware.MultiFile file : kept) {
            ObjectNode element = files.addObject();
            element.put("Name", file.name());
            element.put("Size", file.size());
            element.put("Url", file.url());
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
