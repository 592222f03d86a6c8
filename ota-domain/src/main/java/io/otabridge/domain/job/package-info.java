/** Upgrade jobs, and their tasks: one task for each device. */
@NullMarked
package io.otabridge.domain.job;

import org.jspecify.annotations.NullMarked;
