/** Reads vendors' JSON: lenient about notation, strict about values. */
@NullMarked
package io.otabridge.client.json;

import org.jspecify.annotations.NullMarked;
