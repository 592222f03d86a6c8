package io.otabridge.simulators.aliyun.store;

/**
 * A product as stored by IoT Platform, with the vendor's member names.
 *
 * @param description possibly empty
 * @param gmtCreate milliseconds since 1970, as sent
 */
public record AliyunProduct(
        String productKey, String productName, String description, int deviceCount, long gmtCreate) {}
