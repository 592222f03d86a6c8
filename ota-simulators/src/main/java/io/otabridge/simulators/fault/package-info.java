/** Failures on the wire, played by a proxy between a client and a server, and how each call must end. */
@NullMarked
package io.otabridge.simulators.fault;

import org.jspecify.annotations.NullMarked;
