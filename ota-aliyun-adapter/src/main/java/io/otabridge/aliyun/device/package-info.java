/** The device port of the platform. */
@NullMarked
package io.otabridge.aliyun.device;

import org.jspecify.annotations.NullMarked;
