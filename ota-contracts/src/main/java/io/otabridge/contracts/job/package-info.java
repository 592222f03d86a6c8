/** Contracts of the ports for devices, upgrade jobs and tasks. */
@NullMarked
package io.otabridge.contracts.job;

import org.jspecify.annotations.NullMarked;
