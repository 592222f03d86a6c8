package io.otabridge.huawei.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.ModuleName;
import io.vavr.control.Option;

/** The request body of "Create an OTA upgrade package". */
final class PackageBody {

    private PackageBody() {}

    static String of(String appId, HuaweiOperations.NewPackage input) {
        NewFirmware firmware = input.firmware();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("app_id", appId);
        body.put("package_type", PackageType.of(firmware.coordinates().target()));
        body.put("product_id", firmware.coordinates().product().value());
        moduleName(firmware.coordinates().target()).forEach(name -> body.put("module_name", name));
        body.put("version", firmware.coordinates().version().value());
        if (firmware.sourceVersions().nonEmpty()) {
            ArrayNode sources = body.putArray("support_source_versions");
            firmware.sourceVersions().map(FirmwareVersion::value).forEach(sources::add);
        }
        firmware.description().forEach(text -> body.put("description", text));
        firmware.customInfo().forEach(text -> body.put("custom_info", text));
        ObjectNode object = body.putObject("file_location").putObject("obs_location");
        FileLocation.ObjectStore file = input.file();
        object.put("region_name", file.region().get());
        object.put("bucket_name", file.bucket().get());
        object.put("object_key", file.key().get());
        object.put("sign_method", "SHA256");
        object.put("sign", input.sha256().value());
        return body.toString();
    }

    /** Returns the name of the module; absent for a package of the whole device. */
    static Option<String> moduleName(FirmwareTarget target) {
        return target instanceof FirmwareTarget.Module module
                ? Option.some(module.name()).map(ModuleName::value)
                : Option.none();
    }
}
