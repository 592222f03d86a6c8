/**
 * Mutation tests for the contracts. {@code PlantedFault} lists mistakes that adapters make, {@code FaultyBackend} adds
 * one of them to a correct backend, and {@code PlantedFaultTest} checks that the contracts detect it.
 */
@NullMarked
package io.otabridge.contracts.faults;

import org.jspecify.annotations.NullMarked;
