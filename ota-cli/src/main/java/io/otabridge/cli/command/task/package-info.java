/** The commands for the tasks of upgrade jobs. */
@NullMarked
package io.otabridge.cli.command.task;

import org.jspecify.annotations.NullMarked;
