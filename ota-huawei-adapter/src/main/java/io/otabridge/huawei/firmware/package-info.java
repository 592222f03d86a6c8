/** The firmware ports of IoTDA. */
@NullMarked
package io.otabridge.huawei.firmware;

import org.jspecify.annotations.NullMarked;
