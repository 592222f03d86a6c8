/** The HTTP server under the simulators. */
@NullMarked
package io.otabridge.simulators.server;

import org.jspecify.annotations.NullMarked;
