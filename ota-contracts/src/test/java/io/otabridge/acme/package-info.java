/**
 * An example adapter for Acme Shelf, a fictitious vendor. Copy it to write your own.
 * {@link io.otabridge.acme.AcmeProvider} opens backends. {@code AcmeOperations} describes the operations. A port such
 * as {@code AcmeFirmwareQuery} executes them with an {@code OperationClient}: {@code AcmeApi} builds the request,
 * {@code AcmeProtocol} and {@code AcmeMapping} decode the response. {@code AcmeContractTest} tests the adapter against
 * {@code AcmeStore}, which simulates the vendor.
 */
@NullMarked
package io.otabridge.acme;

import org.jspecify.annotations.NullMarked;
