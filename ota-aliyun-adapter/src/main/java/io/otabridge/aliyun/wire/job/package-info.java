/** Upgrade jobs, their tasks and devices on the wire. */
@NullMarked
package io.otabridge.aliyun.wire.job;

import org.jspecify.annotations.NullMarked;
