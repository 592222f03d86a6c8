/** Options that several commands have. */
@NullMarked
package io.otabridge.cli.option;

import org.jspecify.annotations.NullMarked;
