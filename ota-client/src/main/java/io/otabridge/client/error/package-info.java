/** Maps error responses and network errors to failures. */
@NullMarked
package io.otabridge.client.error;

import org.jspecify.annotations.NullMarked;
