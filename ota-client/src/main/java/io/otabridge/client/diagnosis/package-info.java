/** Diagnostics that all backends over HTTP share: connectivity, TLS and rate limits. */
@NullMarked
package io.otabridge.client.diagnosis;

import org.jspecify.annotations.NullMarked;
