/**
 * What proves an adapter: contract suites ({@link io.otabridge.testkit.FirmwareQueryContract},
 * {@link io.otabridge.testkit.ModuleQueryContract}) that every backend passes, a backend in memory, and simulators that
 * speak the vendors' wire protocols. To test a new adapter, implement the hooks of the contracts. To test an application
 * without a vendor, use {@link io.otabridge.testkit.InMemoryBackend} or a simulator.
 */
@NullMarked
package io.otabridge.testkit;

import org.jspecify.annotations.NullMarked;
