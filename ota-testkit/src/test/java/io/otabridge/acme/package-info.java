/**
 * Acme Shelf, a vendor that does not exist, behind the ports of the domain: the adapter to copy when you write one. The way
 * in is {@link io.otabridge.acme.AcmeProvider}. A question goes from {@code AcmeFirmwareQuery}, {@code AcmeModuleQuery} or
 * the commands through {@code AcmeCalls} to {@code AcmeApi}; the answer comes back through {@code AcmeMapping} or
 * {@code AcmeFailures}. {@code AcmeContractTest} proves it, against {@code AcmeShelf}, which plays the vendor.
 */
@NullMarked
package io.otabridge.acme;

import org.jspecify.annotations.NullMarked;
