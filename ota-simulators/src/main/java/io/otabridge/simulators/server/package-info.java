/** The HTTP server that the simulators run on. */
@NullMarked
package io.otabridge.simulators.server;

import org.jspecify.annotations.NullMarked;
