/** Uploads to and downloads from object stores. */
@NullMarked
package io.otabridge.client.transfer;

import org.jspecify.annotations.NullMarked;
