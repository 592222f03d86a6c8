/** Sends requests and reads responses with OkHttp: limits of time and size, framing, streamed bodies. */
@NullMarked
package io.otabridge.client.transport;

import org.jspecify.annotations.NullMarked;
