/**
 * Alibaba Cloud IoT Platform behind the ports of the domain, written after the API reference of product {@code Iot},
 * version {@code 2018-01-20}; and Tuya's private deployments, which took its protocol over. The ways in are
 * {@link io.otabridge.aliyun.AliyunProvider} and {@link io.otabridge.aliyun.TuyaProvider}, and
 * {@link io.otabridge.aliyun.AliyunConfig} and {@link io.otabridge.aliyun.TuyaConfig} for settings in Java; everything else is
 * hidden.
 * {@code AliyunOperations} lists the operations. A port, such as {@code AliyunModuleQuery}, executes one by an
 * {@code OperationClient}: the request is made by {@code AliyunApi}, and the response is read by {@code AliyunProtocol} and
 * {@code AliyunMapping}. What differs between the platforms is in {@code Dialect}.
 */
@NullMarked
package io.otabridge.aliyun;

import org.jspecify.annotations.NullMarked;
