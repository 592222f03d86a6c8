package io.otabridge.simulators.aliyun.store;

/**
 * An OTA module as stored by IoT Platform, with the vendor's member names. The vendor creates a module {@code default}
 * for every product; the simulator does not.
 *
 * @param desc the description, possibly empty
 * @param gmtCreate as sent, such as {@code 2020-10-13T09:46Z}
 * @param gmtModified as sent, in the same form
 */
public record AliyunModule(
        String productKey, String moduleName, String aliasName, String desc, String gmtCreate, String gmtModified) {}
