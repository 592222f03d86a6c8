/** Reads configuration files. */
@NullMarked
package io.otabridge.app.config;

import org.jspecify.annotations.NullMarked;
