/** The commands for upgrade jobs. */
@NullMarked
package io.otabridge.cli.command.job;

import org.jspecify.annotations.NullMarked;
