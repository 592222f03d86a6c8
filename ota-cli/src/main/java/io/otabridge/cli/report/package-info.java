/** Writes the HTML page and the YAML section of an inventory. */
@NullMarked
package io.otabridge.cli.report;

import org.jspecify.annotations.NullMarked;
