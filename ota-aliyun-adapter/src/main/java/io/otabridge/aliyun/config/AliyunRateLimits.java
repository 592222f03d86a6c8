package io.otabridge.aliyun.config;

import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimits;
import io.otabridge.domain.Capability;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;

/**
 * The rate limits of an Alibaba Cloud account in calls per second, from the table "QPS" in the document of each
 * operation. All users and instances of the account share them.
 */
final class AliyunRateLimits {

    private static final List<String> TWENTY = List.of(
            "QueryOTAFirmware",
            "CreateOTAStaticUpgradeJob",
            "CreateOTADynamicUpgradeJob",
            "ConfirmOTATask",
            "ReupgradeOTATask");

    private static final List<String> TEN = List.of(
            "CreateOTAModule",
            "UpdateOTAModule",
            "DeleteOTAModule",
            "ListOTAModuleByProduct",
            "ListOTAModuleVersionsByDevice",
            "GenerateOTAUploadURL",
            "GenerateDeviceNameListURL",
            "CreateOTAFirmware",
            "ListOTAFirmware",
            "DeleteOTAFirmware",
            "CreateOTAVerifyJob",
            "UpdateOTAJob",
            "QueryOTAJob",
            "ListOTAJobByFirmware",
            "ListOTAJobByDevice",
            "CancelOTAStrategyByJob",
            "ListOTATaskByJob",
            "ListOTAUnfinishedTaskByDevice",
            "CancelOTATaskByDevice");

    private static final List<String> FIVE = List.of("ModifyOTAFirmware", "CancelOTATaskByJob");

    static final RateLimits TABLE = with(
                    with(with(RateLimits.perOperation(Rate.perSecond(10)), TWENTY, 20), TEN, 10), FIVE, 5)
            // Beyond entry 100,000 both are 2; an account has far fewer products. For devices, the vendor throttles.
            .with("QueryProductList", Rate.perSecond(50))
            .with("QueryDevice", Rate.perSecond(50))
            .with("QueryDeviceGroupList", Rate.perSecond(100));

    /**
     * The operations that a call requests at least. Concurrent publications share the look-up of a module, so it is not
     * counted.
     */
    static final Map<Capability, List<String>> REQUESTS = HashMap.of(
            Capability.CREATE_MODULE, List.of("CreateOTAModule"),
            Capability.FIND_FIRMWARE, List.of("QueryOTAFirmware"),
            Capability.DOWNLOAD_FIRMWARE, List.of("QueryOTAFirmware"),
            Capability.PUBLISH_FIRMWARE,
                    List.of("ListOTAFirmware", "GenerateOTAUploadURL", "CreateOTAFirmware", "QueryOTAFirmware"),
            Capability.SEVERAL_FILES, List.of("GenerateOTAUploadURL"));

    private AliyunRateLimits() {}

    private static RateLimits with(RateLimits table, List<String> operations, int perSecond) {
        return operations.foldLeft(table, (before, operation) -> before.with(operation, Rate.perSecond(perSecond)));
    }
}
