/**
 * Alibaba Cloud IoT Platform behind the ports of the domain, written after the API reference of product {@code Iot},
 * version {@code 2018-01-20}; and Tuya's private deployments, which took its protocol over. The ways in are
 * {@link io.otabridge.aliyun.AliyunProvider} and {@link io.otabridge.aliyun.TuyaProvider}; everything else is hidden. A
 * question goes from {@code AliyunModuleQuery} or {@code AliyunFirmwareQuery}, a change from {@code AliyunModuleCommands} or
 * {@code AliyunFirmwareCommands}, through {@code AliyunCalls} to {@code AliyunApi}; the answer comes back through
 * {@code AliyunMapping} or {@code AliyunFailures}. What differs between the platforms stands in {@code Dialect}.
 */
@NullMarked
package io.otabridge.aliyun;

import org.jspecify.annotations.NullMarked;
