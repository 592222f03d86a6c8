/**
 * Huawei Cloud IoTDA behind the ports of the domain, written after the application-side API reference (v5). The way in is
 * {@link io.otabridge.huawei.HuaweiProvider}; everything else is hidden. A question goes from {@code HuaweiModuleQuery} or
 * {@code HuaweiFirmwareQuery}, a change from {@code HuaweiModuleCommands} or {@code HuaweiFirmwareCommands}, through
 * {@code HuaweiCalls} to {@code HuaweiApi}; the answer comes back through {@code HuaweiMapping} or {@code HuaweiFailures}.
 */
@NullMarked
package io.otabridge.huawei;

import org.jspecify.annotations.NullMarked;
