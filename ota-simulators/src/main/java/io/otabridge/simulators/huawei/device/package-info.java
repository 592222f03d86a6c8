/** The devices of the simulated IoTDA, and searches for them. */
@NullMarked
package io.otabridge.simulators.huawei.device;

import org.jspecify.annotations.NullMarked;
