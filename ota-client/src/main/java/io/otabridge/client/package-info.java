/**
 * Executes the operations of a backend over HTTP. An adapter extends {@link io.otabridge.client.HttpBackend}, describes each
 * operation of its vendor as data ({@link io.otabridge.client.Operation}) and its responses by a
 * {@link io.otabridge.client.VendorProtocol}; {@link io.otabridge.client.OperationClient} executes them. This module knows no
 * vendor and no firmware. Applications need only {@code HttpTransport}, to pass a client of their own, and
 * {@code AccessKeyProvider}, to pass temporary access keys; everything else is for adapters and may change in any release.
 */
@NullMarked
package io.otabridge.client;

import org.jspecify.annotations.NullMarked;
