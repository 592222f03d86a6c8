/** Terminals: width, escape sequences, progress, broken pipes. */
@NullMarked
package io.otabridge.cli.terminal;

import org.jspecify.annotations.NullMarked;
