/** Quotas that processes share through Redis, on bucket4j and Lettuce. Found at run time by {@code ServiceLoader}. */
@NullMarked
package io.otabridge.quota.redis;

import org.jspecify.annotations.NullMarked;
