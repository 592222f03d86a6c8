/** Client-side rate limiting by account and operation, in one process or shared by several. */
@NullMarked
package io.otabridge.client.ratelimit;

import org.jspecify.annotations.NullMarked;
