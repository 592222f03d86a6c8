/** The commands for firmware packages. */
@NullMarked
package io.otabridge.cli.command.firmware;

import org.jspecify.annotations.NullMarked;
