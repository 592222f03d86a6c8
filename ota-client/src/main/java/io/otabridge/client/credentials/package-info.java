/** Where credentials come from: files, metadata services, other endpoints, or the application. */
@NullMarked
package io.otabridge.client.credentials;

import org.jspecify.annotations.NullMarked;
