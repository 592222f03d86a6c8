/** Simulated devices: they receive notices of a simulated cloud, download, install and report. */
@NullMarked
package io.otabridge.simulators.fleet;

import org.jspecify.annotations.NullMarked;
