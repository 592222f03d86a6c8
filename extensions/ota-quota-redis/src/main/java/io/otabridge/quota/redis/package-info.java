/** Quotas that processes share through Redis, on bucket4j and Lettuce. Found at run time; nobody need name its types. */
@NullMarked
package io.otabridge.quota.redis;

import org.jspecify.annotations.NullMarked;
