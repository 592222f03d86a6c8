package io.otabridge.huawei;

import static io.otabridge.domain.Capability.CREATE_MODULE;
import static io.otabridge.domain.Capability.DELETE_FIRMWARE;
import static io.otabridge.domain.Capability.DELETE_MODULE;
import static io.otabridge.domain.Capability.FIND_FIRMWARE;
import static io.otabridge.domain.Capability.FIND_MODULE_BY_ID;
import static io.otabridge.domain.Capability.FIND_MODULE_BY_NAME;
import static io.otabridge.domain.Capability.LIST_DEVICE_GROUPS;
import static io.otabridge.domain.Capability.LIST_FIRMWARE;
import static io.otabridge.domain.Capability.LIST_MODULES;
import static io.otabridge.domain.Capability.LIST_PRODUCTS;
import static io.otabridge.domain.Capability.SOFTWARE_PACKAGES;
import static io.otabridge.domain.Capability.UPDATE_MODULE;

import io.otabridge.domain.backend.Permission;
import io.otabridge.domain.backend.Permissions;
import io.vavr.collection.List;

/** The IAM actions of the OTA operations, from the authorization sections of their documents. */
final class HuaweiPermissions {

    private static final String MODULES = "iotda:otamodules:";
    private static final String PACKAGES = "iotda:otapackages:";

    private static final String UNSEEN = "no document with this action was seen; it follows the naming of the others";

    static final Permissions ALL = Permissions.of(
            List.of(
                    Permission.of(
                            "ListOtaModules",
                            MODULES + "queryList",
                            FIND_MODULE_BY_NAME,
                            LIST_MODULES,
                            CREATE_MODULE,
                            UPDATE_MODULE,
                            DELETE_MODULE),
                    Permission.of("ShowOtaModule", MODULES + "query", FIND_MODULE_BY_ID, UPDATE_MODULE, DELETE_MODULE)
                            .uncertain(UNSEEN),
                    Permission.of("CreateOtaModule", MODULES + "create", CREATE_MODULE),
                    Permission.of("UpdateOtaModule", MODULES + "update", UPDATE_MODULE),
                    Permission.of("DeleteOtaModule", MODULES + "delete", DELETE_MODULE),
                    Permission.of("ListOtaPackageInfo", PACKAGES + "queryList", LIST_FIRMWARE, SOFTWARE_PACKAGES),
                    Permission.of("ShowOtaPackage", PACKAGES + "query", FIND_FIRMWARE, LIST_FIRMWARE, DELETE_FIRMWARE),
                    Permission.of("DeleteOtaPackage", PACKAGES + "delete", DELETE_FIRMWARE),
                    Permission.of("ListProducts", "iotda:products:queryList", LIST_PRODUCTS),
                    Permission.of("ListDeviceGroups", "iotda:group:queryList", LIST_DEVICE_GROUPS)),
            HuaweiPermissions::policy);

    private HuaweiPermissions() {}

    /** Returns a custom policy of IAM. Without a resource it applies to all resource spaces and instances. */
    private static String policy(List<String> actions) {
        return "{\"Version\":\"1.1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                + actions.mkString("[\"", "\",\"", "\"]") + "}]}";
    }
}
