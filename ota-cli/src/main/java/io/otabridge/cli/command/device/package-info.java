/** The commands for devices. */
@NullMarked
package io.otabridge.cli.command.device;

import org.jspecify.annotations.NullMarked;
