/**
 * The adapter for Huawei Cloud IoTDA: {@link io.otabridge.huawei.HuaweiProvider} opens backends,
 * {@link io.otabridge.huawei.HuaweiConfig} builds their settings in Java. The packages below are internal.
 */
@NullMarked
package io.otabridge.huawei;

import org.jspecify.annotations.NullMarked;
