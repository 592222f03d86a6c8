/** The job ports of IoTDA: upgrade jobs are batch tasks, and their tasks are sub-tasks. */
@NullMarked
package io.otabridge.huawei.job;

import org.jspecify.annotations.NullMarked;
