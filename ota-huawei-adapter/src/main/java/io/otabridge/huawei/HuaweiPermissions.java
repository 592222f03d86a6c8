package io.otabridge.huawei;

import static io.otabridge.domain.Capability.CANCEL_JOB;
import static io.otabridge.domain.Capability.CONFIRM_TASKS;
import static io.otabridge.domain.Capability.CREATE_JOB;
import static io.otabridge.domain.Capability.CREATE_MODULE;
import static io.otabridge.domain.Capability.DELETE_FIRMWARE;
import static io.otabridge.domain.Capability.DELETE_JOB;
import static io.otabridge.domain.Capability.DELETE_MODULE;
import static io.otabridge.domain.Capability.DELETE_STORED_FILE;
import static io.otabridge.domain.Capability.DOWNLOAD_FIRMWARE;
import static io.otabridge.domain.Capability.FIND_DEVICE;
import static io.otabridge.domain.Capability.FIND_DEVICES_BY_VERSION;
import static io.otabridge.domain.Capability.FIND_FIRMWARE;
import static io.otabridge.domain.Capability.FIND_JOB;
import static io.otabridge.domain.Capability.FIND_JOB_BY_TOKEN;
import static io.otabridge.domain.Capability.FIND_MODULE_BY_ID;
import static io.otabridge.domain.Capability.FIND_MODULE_BY_NAME;
import static io.otabridge.domain.Capability.JOB_FOR_ALL;
import static io.otabridge.domain.Capability.JOB_FOR_GROUP;
import static io.otabridge.domain.Capability.JOB_RETRIES;
import static io.otabridge.domain.Capability.JOB_START;
import static io.otabridge.domain.Capability.JOB_TAGS;
import static io.otabridge.domain.Capability.JOB_THROUGH_GATEWAYS;
import static io.otabridge.domain.Capability.LIST_DEVICES;
import static io.otabridge.domain.Capability.LIST_DEVICE_GROUPS;
import static io.otabridge.domain.Capability.LIST_FIRMWARE;
import static io.otabridge.domain.Capability.LIST_JOBS;
import static io.otabridge.domain.Capability.LIST_MODULES;
import static io.otabridge.domain.Capability.LIST_PRODUCTS;
import static io.otabridge.domain.Capability.LIST_TASKS;
import static io.otabridge.domain.Capability.PUBLISH_FIRMWARE;
import static io.otabridge.domain.Capability.PUBLISH_STORED_FILE;
import static io.otabridge.domain.Capability.RETRY_TASKS;
import static io.otabridge.domain.Capability.SOFTWARE_PACKAGES;
import static io.otabridge.domain.Capability.SOURCE_VERSIONS_OF_FULL_IMAGE;
import static io.otabridge.domain.Capability.SOURCE_VERSIONS_OF_JOB;
import static io.otabridge.domain.Capability.UNFINISHED_UPLOADS;
import static io.otabridge.domain.Capability.UPDATE_MODULE;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.backend.Permission;
import io.otabridge.domain.backend.Permissions;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** The IAM actions of the OTA operations, from the authorization sections of their documents. */
final class HuaweiPermissions {

    private static final String MODULES = "iotda:otamodules:";
    private static final String PACKAGES = "iotda:otapackages:";

    private static final String DEVICES = "iotda:devices:";
    private static final String TASKS = "iotda:batchtasks:";

    private static final String OBJECTS = "obs:object:";
    private static final String BUCKETS = "obs:bucket:";

    private static final String UNSEEN = "no document with this action was seen; it follows the naming of the others";

    static final List<Permission> ALL = List.of(
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
            Permission.of(
                    "ListOtaPackageInfo",
                    PACKAGES + "queryList",
                    LIST_FIRMWARE,
                    SOFTWARE_PACKAGES,
                    PUBLISH_FIRMWARE,
                    PUBLISH_STORED_FILE,
                    DELETE_STORED_FILE),
            Permission.of(
                    "ShowOtaPackage",
                    PACKAGES + "query",
                    FIND_FIRMWARE,
                    LIST_FIRMWARE,
                    CREATE_JOB,
                    DELETE_FIRMWARE,
                    PUBLISH_FIRMWARE,
                    PUBLISH_STORED_FILE,
                    DELETE_STORED_FILE,
                    DOWNLOAD_FIRMWARE),
            Permission.of(
                            "CreateOtaPackage",
                            PACKAGES + "create",
                            PUBLISH_FIRMWARE,
                            PUBLISH_STORED_FILE,
                            SOURCE_VERSIONS_OF_FULL_IMAGE)
                    .uncertain(UNSEEN),
            Permission.of("DeleteOtaPackage", PACKAGES + "delete", DELETE_FIRMWARE, DELETE_STORED_FILE),
            Permission.of("ListProducts", "iotda:products:queryList", LIST_PRODUCTS),
            Permission.of("ListDeviceGroups", "iotda:group:queryList", LIST_DEVICE_GROUPS),
            Permission.of("ShowDevice", DEVICES + "query", FIND_DEVICE),
            Permission.of("ListDevices", DEVICES + "queryList", LIST_DEVICES, JOB_FOR_ALL)
                    .uncertain(UNSEEN),
            Permission.of("SearchDevices", DEVICES + "queryList", FIND_DEVICES_BY_VERSION)
                    .uncertain(UNSEEN),
            Permission.of("ListBatchTasks", TASKS + "queryList", LIST_JOBS, FIND_JOB_BY_TOKEN, CREATE_JOB),
            Permission.of(
                            "ShowBatchTask",
                            TASKS + "query",
                            FIND_JOB,
                            LIST_TASKS,
                            CREATE_JOB,
                            CANCEL_JOB,
                            RETRY_TASKS,
                            CONFIRM_TASKS,
                            DELETE_JOB)
                    .uncertain(UNSEEN),
            Permission.of(
                    "CreateBatchTask",
                    TASKS + "create",
                    CREATE_JOB,
                    JOB_FOR_GROUP,
                    JOB_FOR_ALL,
                    SOURCE_VERSIONS_OF_JOB,
                    JOB_START,
                    JOB_RETRIES,
                    JOB_THROUGH_GATEWAYS,
                    JOB_TAGS),
            Permission.of("StopBatchTask", TASKS + "stop", CANCEL_JOB),
            Permission.of("RetryBatchTask", TASKS + "retry", RETRY_TASKS),
            Permission.of("ConfirmBatchTask", TASKS + "confirm", CONFIRM_TASKS),
            Permission.of("DeleteBatchTask", TASKS + "delete", DELETE_JOB),
            Permission.of("HeadObject", OBJECTS + "GetObject", PUBLISH_FIRMWARE, DELETE_STORED_FILE),
            // Not sent, but without it object stores deny requests for objects that do not exist.
            Permission.of("ListObjects", BUCKETS + "ListBucket", PUBLISH_FIRMWARE, DELETE_STORED_FILE),
            Permission.of("PutObject", OBJECTS + "PutObject", PUBLISH_FIRMWARE),
            Permission.of("GetObject", OBJECTS + "GetObject", PUBLISH_STORED_FILE, DOWNLOAD_FIRMWARE),
            Permission.of("DeleteObject", OBJECTS + "DeleteObject", PUBLISH_FIRMWARE, DELETE_STORED_FILE),
            Permission.of(
                    "ListMultipartUploads",
                    BUCKETS + "ListBucketMultipartUploads",
                    PUBLISH_FIRMWARE,
                    UNFINISHED_UPLOADS),
            Permission.of("ListParts", OBJECTS + "ListMultipartUploadParts", PUBLISH_FIRMWARE),
            // Sent by the diagnosis, too.
            Permission.of("AbortMultipartUpload", OBJECTS + "AbortMultipartUpload", UNFINISHED_UPLOADS),
            // Sent by the diagnosis.
            Permission.of("GetBucketLocation", BUCKETS + "GetBucketLocation", PUBLISH_FIRMWARE));

    private HuaweiPermissions() {}

    /**
     * Returns the permissions for these capabilities.
     *
     * @param bucket the bucket for uploads, to which the policy is restricted
     */
    static Permissions of(Capabilities capabilities, Option<String> bucket) {
        return Permissions.of(
                ALL.map(permission -> new Permission(
                                permission.operation(),
                                permission.action(),
                                permission.capabilities().filter(capabilities::has),
                                permission.uncertainty()))
                        .filter(permission -> permission.capabilities().nonEmpty()),
                actions -> policy(actions, bucket));
    }

    /**
     * Returns a custom policy of IAM. Without a resource it applies to all resource spaces and instances, and without a
     * bucket to all buckets. The actions of each service have a statement, because IAM wants separate policies for project services and OBS.
     */
    private static String policy(List<String> actions, Option<String> bucket) {
        String resource = bucket.map(
                        name -> ",\"Resource\":[\"OBS:*:*:bucket:" + name + "\",\"OBS:*:*:object:" + name + "/*\"]")
                .getOrElse("");
        List<String> statements = statement(actions.reject(action -> action.startsWith("obs:")), "")
                .appendAll(statement(actions.filter(action -> action.startsWith("obs:")), resource));
        return "{\"Version\":\"1.1\",\"Statement\":" + statements.mkString("[", ",", "]") + "}";
    }

    private static List<String> statement(List<String> actions, String resource) {
        return actions.isEmpty()
                ? List.empty()
                : List.of(
                        "{\"Effect\":\"Allow\",\"Action\":" + actions.mkString("[\"", "\",\"", "\"]") + resource + "}");
    }
}
