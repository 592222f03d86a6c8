/** The commands, their options, and the code they share. */
@NullMarked
package io.otabridge.cli.command;

import org.jspecify.annotations.NullMarked;
