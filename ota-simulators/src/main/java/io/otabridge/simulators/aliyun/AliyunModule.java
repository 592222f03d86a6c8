package io.otabridge.simulators.aliyun;

/**
 * An OTA module as IoT Platform keeps it, in the vendor's words. The vendor gives every product a module {@code default};
 * the simulator has those that were added and no others.
 *
 * @param desc may be ""
 * @param gmtCreate as sent, such as {@code 2020-10-13T09:46Z}
 * @param gmtModified as sent, in the same form
 */
public record AliyunModule(
        String productKey, String moduleName, String aliasName, String desc, String gmtCreate, String gmtModified) {}
