/** Commands that create, change and cancel upgrade jobs. */
@NullMarked
package io.otabridge.domain.job.command;

import org.jspecify.annotations.NullMarked;
