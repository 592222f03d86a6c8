/** Diagnostics for all HTTP backends: connectivity, TLS and rate limits. */
@NullMarked
package io.otabridge.client.diagnosis;

import org.jspecify.annotations.NullMarked;
