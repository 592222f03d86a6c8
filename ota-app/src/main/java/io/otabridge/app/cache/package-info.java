/** Caches details of firmware packages and modules. */
@NullMarked
package io.otabridge.app.cache;

import org.jspecify.annotations.NullMarked;
