/** The commands and what they share. */
@NullMarked
package io.otabridge.cli.command;

import org.jspecify.annotations.NullMarked;
