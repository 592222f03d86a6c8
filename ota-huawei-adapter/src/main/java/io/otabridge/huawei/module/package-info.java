/** The module ports of IoTDA. */
@NullMarked
package io.otabridge.huawei.module;

import org.jspecify.annotations.NullMarked;
