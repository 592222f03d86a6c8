/**
 * The {@code ota} command: parsing, printing and exit codes, nothing else. {@link io.otabridge.cli.Main} starts it;
 * {@code Commands} puts together the tree of commands. What people read comes from the {@code *Table} classes, what programs read
 * from the {@code *Json} classes, and everything that goes to a terminal passes through {@code Table}, which knows how
 * wide text is and what must not reach a terminal as it is. {@code InventoryPage} writes for browsers.
 */
@NullMarked
package io.otabridge.cli;

import org.jspecify.annotations.NullMarked;
