/** Coalescing of identical concurrent work. */
@NullMarked
package io.otabridge.client.coalesce;

import org.jspecify.annotations.NullMarked;
