/** A simulator of Alibaba Cloud IoT Platform and of the Tuya dialect. It shares no code with the adapter. */
@NullMarked
package io.otabridge.simulators.aliyun;

import org.jspecify.annotations.NullMarked;
