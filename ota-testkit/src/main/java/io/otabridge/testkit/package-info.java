/**
 * What proves an adapter: contract suites that every backend passes ({@link io.otabridge.testkit.FirmwareQueryContract},
 * {@link io.otabridge.testkit.FirmwareSearchContract}, {@link io.otabridge.testkit.FirmwareCommandContract},
 * {@link io.otabridge.testkit.ModuleQueryContract}, {@link io.otabridge.testkit.ModuleCommandContract}, and for what all
 * operations share {@link io.otabridge.testkit.OperationContract}), a matrix of faults for those that speak HTTP
 * ({@link io.otabridge.testkit.FaultMatrixContract}), a backend in memory, and simulators that speak the vendors' wire
 * protocols. To test a new adapter, implement the hooks of the contracts; {@link io.otabridge.testkit.BackendContract} says what
 * they leave behind. To test an application without a vendor, use {@link io.otabridge.testkit.InMemoryBackend} or a simulator.
 */
@NullMarked
package io.otabridge.testkit;

import org.jspecify.annotations.NullMarked;
