/** Exit codes and error messages. */
@NullMarked
package io.otabridge.cli.error;

import org.jspecify.annotations.NullMarked;
