/** The firmware ports of the platform. */
@NullMarked
package io.otabridge.aliyun.firmware;

import org.jspecify.annotations.NullMarked;
