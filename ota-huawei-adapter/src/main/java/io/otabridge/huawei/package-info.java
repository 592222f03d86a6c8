/**
 * Huawei Cloud IoTDA behind the ports of the domain, written after the application-side API reference (v5). The way in is
 * {@link io.otabridge.huawei.HuaweiProvider}, and {@link io.otabridge.huawei.HuaweiConfig} for settings in Java; everything
 * else is hidden. {@code HuaweiOperations} lists the operations. A
 * port, such as {@code HuaweiModuleQuery}, executes one by an {@code OperationClient}: the request is made by
 * {@code HuaweiApi}, and the response is read by {@code HuaweiProtocol} and {@code HuaweiMapping}.
 */
@NullMarked
package io.otabridge.huawei;

import org.jspecify.annotations.NullMarked;
