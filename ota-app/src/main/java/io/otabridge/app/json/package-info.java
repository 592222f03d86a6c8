/** Reads and writes files with one JSON object in each line. For the other packages of this module. */
@NullMarked
package io.otabridge.app.json;

import org.jspecify.annotations.NullMarked;
