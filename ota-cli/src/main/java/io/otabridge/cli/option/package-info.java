/** Options that several commands share. */
@NullMarked
package io.otabridge.cli.option;

import org.jspecify.annotations.NullMarked;
