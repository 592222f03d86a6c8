package io.otabridge.aliyun;

import static io.otabridge.domain.Capability.CREATE_MODULE;
import static io.otabridge.domain.Capability.DELETE_FIRMWARE;
import static io.otabridge.domain.Capability.DELETE_MODULE;
import static io.otabridge.domain.Capability.DOWNLOAD_FIRMWARE;
import static io.otabridge.domain.Capability.FIND_FIRMWARE;
import static io.otabridge.domain.Capability.FIND_MODULE_BY_NAME;
import static io.otabridge.domain.Capability.LIST_DEVICE_GROUPS;
import static io.otabridge.domain.Capability.LIST_FIRMWARE;
import static io.otabridge.domain.Capability.LIST_MODULES;
import static io.otabridge.domain.Capability.LIST_PRODUCTS;
import static io.otabridge.domain.Capability.PUBLISH_FIRMWARE;
import static io.otabridge.domain.Capability.SEVERAL_FILES;
import static io.otabridge.domain.Capability.UPDATE_FIRMWARE;
import static io.otabridge.domain.Capability.UPDATE_MODULE;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.domain.Capability;
import io.otabridge.domain.backend.Permission;
import io.otabridge.domain.backend.Permissions;
import io.vavr.collection.List;

/** The RAM actions of the OTA operations. The documents of Tuya's private deployments describe no such actions. */
final class AliyunPermissions {

    private static final Permissions CLOUD = Permissions.of(
            List.of(
                    permission(
                            "ListOTAModuleByProduct",
                            FIND_MODULE_BY_NAME,
                            LIST_MODULES,
                            CREATE_MODULE,
                            UPDATE_MODULE,
                            DELETE_MODULE),
                    permission("CreateOTAModule", CREATE_MODULE),
                    permission("UpdateOTAModule", UPDATE_MODULE),
                    permission("DeleteOTAModule", DELETE_MODULE),
                    permission("ListOTAFirmware", LIST_FIRMWARE, PUBLISH_FIRMWARE),
                    permission(
                            "QueryOTAFirmware",
                            FIND_FIRMWARE,
                            LIST_FIRMWARE,
                            DELETE_FIRMWARE,
                            PUBLISH_FIRMWARE,
                            UPDATE_FIRMWARE,
                            DOWNLOAD_FIRMWARE),
                    permission("DeleteOTAFirmware", DELETE_FIRMWARE),
                    permission("GenerateOTAUploadURL", PUBLISH_FIRMWARE, SEVERAL_FILES),
                    permission("CreateOTAFirmware", PUBLISH_FIRMWARE, SEVERAL_FILES),
                    permission("ModifyOTAFirmware", UPDATE_FIRMWARE),
                    Permission.of("QueryProductList", "iot:QueryProductList", LIST_PRODUCTS),
                    permission("QueryDeviceGroupList", LIST_DEVICE_GROUPS)),
            AliyunPermissions::policy);

    private AliyunPermissions() {}

    static Permissions of(Dialect dialect) {
        return dialect.isCloud() ? CLOUD : Permissions.none();
    }

    private static Permission permission(String operation, Capability... capabilities) {
        return Permission.of(operation, "iot:" + operation, capabilities)
                .uncertain("the vendor documents iot:<operation> as the pattern of all actions, but no list of actions"
                        + " with this one was seen");
    }

    /** Returns a custom policy of RAM. The platform documents no resources that are smaller than the account. */
    private static String policy(List<String> actions) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                + actions.mkString("[\"", "\",\"", "\"]") + ",\"Resource\":\"*\"}]}";
    }
}
