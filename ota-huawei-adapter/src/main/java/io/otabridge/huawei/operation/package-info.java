/** The OTA operations of IoTDA as data, their responses, errors and pagination. */
@NullMarked
package io.otabridge.huawei.operation;

import org.jspecify.annotations.NullMarked;
