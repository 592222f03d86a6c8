/** The REST API of IoTDA and its JSON. */
@NullMarked
package io.otabridge.huawei.wire;

import org.jspecify.annotations.NullMarked;
