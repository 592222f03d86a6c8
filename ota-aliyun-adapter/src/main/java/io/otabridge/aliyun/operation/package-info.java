/** The OTA operations of the platform as data, their responses, errors and pagination. */
@NullMarked
package io.otabridge.aliyun.operation;

import org.jspecify.annotations.NullMarked;
