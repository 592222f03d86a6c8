/** Sends requests and reads responses with OkHttp: deadlines, size limits, framing and streamed bodies. */
@NullMarked
package io.otabridge.client.transport;

import org.jspecify.annotations.NullMarked;
