/**
 * What every vendor adapter needs of HTTP and no adapter should write again: one client per process with limits on time
 * and size ({@link io.otabridge.http.HttpTransport}), a backend to extend ({@link io.otabridge.http.HttpBackend}), operations as
 * data ({@link io.otabridge.http.Operation}) and the client that executes them
 * ({@link io.otabridge.http.OperationClient}) by the vendor's protocol ({@link io.otabridge.http.VendorProtocol}), strict JSON ({@link io.otabridge.http.JsonReader}), the primitives of request
 * signing, access keys and where they are found, credentials that are renewed ({@link io.otabridge.http.Renewable}), and
 * redaction. It knows no vendor and no firmware. Applications need only {@code HttpTransport}, to hand in a client of their
 * own, and {@code AccessKeySource}, to hand in temporary keys; the rest is for adapters and may change in any release.
 */
@NullMarked
package io.otabridge.http;

import org.jspecify.annotations.NullMarked;
