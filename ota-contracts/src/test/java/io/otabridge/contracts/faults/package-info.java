/**
 * The proof that the contracts bite. {@code PlantedFault} names what adapters get wrong, {@code FaultyBackend} gets it wrong
 * around a sound backend, and {@code PlantedFaultTest} runs the contracts over it and sees each fault caught.
 */
@NullMarked
package io.otabridge.contracts.faults;

import org.jspecify.annotations.NullMarked;
