package io.otabridge.simulators.aliyun.store;

/**
 * A static device group as stored by IoT Platform, with the vendor's member names.
 *
 * @param groupDesc possibly empty
 * @param utcCreate as sent, such as {@code 2018-10-17T11:19:31.000Z}
 */
public record AliyunDeviceGroup(String groupId, String groupName, String groupDesc, String utcCreate) {}
