/** Copies all packages of a backend to another one. Start with {@link io.otabridge.app.migration.Migration}. */
@NullMarked
package io.otabridge.app.migration;

import org.jspecify.annotations.NullMarked;
