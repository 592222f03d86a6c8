/**
 * The steps of each call: observation, logging, coalescing, retries, circuit breaker, credential refresh, clock skew
 * correction, rate limiting and transport. {@code BackendClient} assembles them; adapters do not use this package.
 */
@NullMarked
package io.otabridge.client.chain;

import org.jspecify.annotations.NullMarked;
