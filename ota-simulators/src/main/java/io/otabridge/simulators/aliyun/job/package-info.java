/** Upgrade jobs and tasks of a simulator: requests, state machine and responses. */
@NullMarked
package io.otabridge.simulators.aliyun.job;

import org.jspecify.annotations.NullMarked;
