/** The query port for upgrade jobs of the platform. */
@NullMarked
package io.otabridge.aliyun.job;

import org.jspecify.annotations.NullMarked;
