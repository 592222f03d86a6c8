/** The command port for upgrade jobs of the platform. */
@NullMarked
package io.otabridge.aliyun.job.command;

import org.jspecify.annotations.NullMarked;
