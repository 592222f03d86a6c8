/** Removes secrets from text before it is shown or logged. */
@NullMarked
package io.otabridge.client.redaction;

import org.jspecify.annotations.NullMarked;
