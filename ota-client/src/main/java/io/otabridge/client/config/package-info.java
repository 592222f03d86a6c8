/** Where the calls of a backend go, and their limits. */
@NullMarked
package io.otabridge.client.config;

import org.jspecify.annotations.NullMarked;
