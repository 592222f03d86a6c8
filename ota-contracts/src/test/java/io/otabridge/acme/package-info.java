/**
 * Acme Shelf, a vendor that does not exist, behind the ports of the domain: the adapter to copy when you write one. The way
 * in is {@link io.otabridge.acme.AcmeProvider}. {@code AcmeOperations} lists the operations. A port, such as
 * {@code AcmeFirmwareQuery}, executes one by an {@code OperationClient}: the request is made by {@code AcmeApi}, and the
 * response is read by {@code AcmeProtocol} and {@code AcmeMapping}. {@code AcmeContractTest} tests the adapter against
 * {@code AcmeShelf}, which simulates the vendor.
 */
@NullMarked
package io.otabridge.acme;

import org.jspecify.annotations.NullMarked;
