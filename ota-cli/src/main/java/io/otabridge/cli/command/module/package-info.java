/** The commands for modules. */
@NullMarked
package io.otabridge.cli.command.module;

import org.jspecify.annotations.NullMarked;
