/**
 * Executes the operations of a backend over HTTP. An adapter extends {@link io.otabridge.client.HttpBackend}, describes
 * each operation of its vendor as data ({@link io.otabridge.client.Operation}) and the vendor's responses by a {@link
 * io.otabridge.client.VendorResponseDecoder}; {@link io.otabridge.client.OperationClient} executes them. This module knows
 * neither vendors nor firmware. Applications need only {@code HttpTransport}, to provide their own HTTP client, and
 * {@code AccessKeyProvider}, to provide temporary access keys. Everything else is for adapters and may change in any
 * release.
 */
@NullMarked
package io.otabridge.client;

import org.jspecify.annotations.NullMarked;
