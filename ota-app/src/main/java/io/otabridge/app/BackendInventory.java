package io.otabridge.app;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * The firmware packages of one backend. Immutable.
 *
 * @param backend the name of the backend in the configuration
 * @param vendor the vendor of the backend
 * @param capabilities what the backend reports and the vendor's limits
 * @param firmware the packages in the vendor's order; if there is a failure, those listed before it
 * @param failure why the list is incomplete; absent if it is complete
 */
public record BackendInventory(
        String backend,
        Vendor vendor,
        Capabilities capabilities,
        List<FirmwareSummary> firmware,
        Option<OtaFailure> failure) {}
