/** Writes files completely or not at all. */
@NullMarked
package io.otabridge.cli.file;

import org.jspecify.annotations.NullMarked;
