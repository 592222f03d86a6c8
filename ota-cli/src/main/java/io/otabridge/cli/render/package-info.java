/** Writes results as tables, JSON and CSV. */
@NullMarked
package io.otabridge.cli.render;

import org.jspecify.annotations.NullMarked;
