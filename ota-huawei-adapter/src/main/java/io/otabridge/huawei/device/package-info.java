/** The device port of IoTDA. */
@NullMarked
package io.otabridge.huawei.device;

import org.jspecify.annotations.NullMarked;
