/** Sources of credentials: files, metadata services, other endpoints, and the application. */
@NullMarked
package io.otabridge.client.credentials;

import org.jspecify.annotations.NullMarked;
