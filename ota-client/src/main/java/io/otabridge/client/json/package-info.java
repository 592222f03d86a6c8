/** Reads the JSON of vendors: lenient about its form, strict about its values. */
@NullMarked
package io.otabridge.client.json;

import org.jspecify.annotations.NullMarked;
