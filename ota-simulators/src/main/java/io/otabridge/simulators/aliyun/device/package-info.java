/** The devices of a simulator and the operations that query them. */
@NullMarked
package io.otabridge.simulators.aliyun.device;

import org.jspecify.annotations.NullMarked;
