/** Endpoints and limits of the calls of a backend. */
@NullMarked
package io.otabridge.client.config;

import org.jspecify.annotations.NullMarked;
