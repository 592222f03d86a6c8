/** The batch tasks of the simulated IoTDA: upgrades of devices. */
@NullMarked
package io.otabridge.simulators.huawei.job;

import org.jspecify.annotations.NullMarked;
