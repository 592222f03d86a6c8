package io.otabridge.aliyun;

import static io.otabridge.domain.Capability.CANCEL_JOB;
import static io.otabridge.domain.Capability.CONFIRM_TASKS;
import static io.otabridge.domain.Capability.CONTINUOUS_JOB;
import static io.otabridge.domain.Capability.CREATE_JOB;
import static io.otabridge.domain.Capability.CREATE_MODULE;
import static io.otabridge.domain.Capability.DELETE_FIRMWARE;
import static io.otabridge.domain.Capability.DELETE_MODULE;
import static io.otabridge.domain.Capability.DOWNLOAD_FIRMWARE;
import static io.otabridge.domain.Capability.FIND_DEVICE;
import static io.otabridge.domain.Capability.FIND_FIRMWARE;
import static io.otabridge.domain.Capability.FIND_JOB;
import static io.otabridge.domain.Capability.FIND_JOB_BY_TOKEN;
import static io.otabridge.domain.Capability.FIND_MODULE_BY_NAME;
import static io.otabridge.domain.Capability.JOB_END;
import static io.otabridge.domain.Capability.JOB_FOR_ALL;
import static io.otabridge.domain.Capability.JOB_FOR_GROUP;
import static io.otabridge.domain.Capability.JOB_FOR_PERCENTAGE;
import static io.otabridge.domain.Capability.JOB_RATE;
import static io.otabridge.domain.Capability.JOB_RETRIES;
import static io.otabridge.domain.Capability.JOB_START;
import static io.otabridge.domain.Capability.JOB_TAGS;
import static io.otabridge.domain.Capability.JOB_TIMEOUT;
import static io.otabridge.domain.Capability.LIST_DEVICES;
import static io.otabridge.domain.Capability.LIST_DEVICE_GROUPS;
import static io.otabridge.domain.Capability.LIST_FIRMWARE;
import static io.otabridge.domain.Capability.LIST_JOBS;
import static io.otabridge.domain.Capability.LIST_JOBS_OF_DEVICE;
import static io.otabridge.domain.Capability.LIST_MODULES;
import static io.otabridge.domain.Capability.LIST_PRODUCTS;
import static io.otabridge.domain.Capability.LIST_TASKS;
import static io.otabridge.domain.Capability.LIST_UNFINISHED_TASKS;
import static io.otabridge.domain.Capability.PUBLISH_FIRMWARE;
import static io.otabridge.domain.Capability.REPLACE_TASKS;
import static io.otabridge.domain.Capability.RETRY_TASKS;
import static io.otabridge.domain.Capability.SEVERAL_FILES;
import static io.otabridge.domain.Capability.SOURCE_VERSIONS_OF_JOB;
import static io.otabridge.domain.Capability.UPDATE_FIRMWARE;
import static io.otabridge.domain.Capability.UPDATE_JOB;
import static io.otabridge.domain.Capability.UPDATE_MODULE;
import static io.otabridge.domain.Capability.VERIFY_FIRMWARE;

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
                    permission("ListOTAFirmware", LIST_FIRMWARE, PUBLISH_FIRMWARE, LIST_JOBS),
                    permission(
                            "QueryOTAFirmware",
                            FIND_FIRMWARE,
                            LIST_FIRMWARE,
                            DELETE_FIRMWARE,
                            PUBLISH_FIRMWARE,
                            UPDATE_FIRMWARE,
                            DOWNLOAD_FIRMWARE,
                            CREATE_JOB,
                            VERIFY_FIRMWARE),
                    permission("DeleteOTAFirmware", DELETE_FIRMWARE),
                    permission("GenerateOTAUploadURL", PUBLISH_FIRMWARE, SEVERAL_FILES),
                    permission("CreateOTAFirmware", PUBLISH_FIRMWARE, SEVERAL_FILES),
                    permission("ModifyOTAFirmware", UPDATE_FIRMWARE),
                    permission("ListOTAModuleVersionsByDevice", FIND_DEVICE),
                    permission("QueryOTAJob", FIND_JOB, FIND_JOB_BY_TOKEN, CREATE_JOB, CANCEL_JOB, UPDATE_JOB),
                    permission("ListOTAJobByFirmware", LIST_JOBS, FIND_JOB_BY_TOKEN, CREATE_JOB, VERIFY_FIRMWARE),
                    permission("ListOTAJobByDevice", LIST_JOBS_OF_DEVICE),
                    permission(
                            "ListOTATaskByJob",
                            FIND_JOB,
                            LIST_TASKS,
                            CREATE_JOB,
                            CANCEL_JOB,
                            RETRY_TASKS,
                            CONFIRM_TASKS),
                    permission("ListOTAUnfinishedTaskByDevice", LIST_UNFINISHED_TASKS),
                    permission("GenerateDeviceNameListURL", CREATE_JOB),
                    permission(
                            "CreateOTAStaticUpgradeJob",
                            CREATE_JOB,
                            JOB_FOR_ALL,
                            JOB_FOR_PERCENTAGE,
                            JOB_FOR_GROUP,
                            SOURCE_VERSIONS_OF_JOB,
                            JOB_START,
                            JOB_END,
                            JOB_RATE,
                            JOB_RETRIES,
                            JOB_TIMEOUT,
                            REPLACE_TASKS,
                            JOB_TAGS),
                    permission("CreateOTADynamicUpgradeJob", CONTINUOUS_JOB),
                    permission("CreateOTAVerifyJob", VERIFY_FIRMWARE),
                    permission("UpdateOTAJob", UPDATE_JOB),
                    permission("CancelOTATaskByJob", CANCEL_JOB),
                    permission("CancelOTATaskByDevice", CANCEL_JOB),
                    permission("CancelOTAStrategyByJob", CANCEL_JOB),
                    permission("ConfirmOTATask", CONFIRM_TASKS),
                    permission("ReupgradeOTATask", RETRY_TASKS),
                    Permission.of("QueryDevice", "iot:QueryDevice", LIST_DEVICES, JOB_FOR_ALL, JOB_FOR_PERCENTAGE),
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
