/** The commands that copy packages between backends. */
@NullMarked
package io.otabridge.cli.command.copy;

import org.jspecify.annotations.NullMarked;
