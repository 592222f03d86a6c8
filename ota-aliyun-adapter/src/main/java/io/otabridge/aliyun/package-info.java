/**
 * Alibaba Cloud IoT Platform behind the ports of the domain, written after the API reference of product {@code Iot},
 * version {@code 2018-01-20}. The way in is {@link io.otabridge.aliyun.AliyunProvider}; everything else is hidden. A question
 * goes from {@code AliyunModuleQuery} or {@code AliyunFirmwareQuery} through {@code AliyunCalls} to {@code AliyunApi}; the
 * answer comes back through {@code AliyunMapping} or {@code AliyunFailures}.
 */
@NullMarked
package io.otabridge.aliyun;

import org.jspecify.annotations.NullMarked;
