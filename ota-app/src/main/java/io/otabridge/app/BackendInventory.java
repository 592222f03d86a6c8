package io.otabridge.app;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * What one backend holds, or how far the question got.
 *
 * @param backend its name in the configuration
 * @param firmware the packages it told of, in its own order; if there is a failure, those that came before it
 * @param failure why the list is not whole; absent if it is
 */
public record BackendInventory(
        String backend, Vendor vendor, List<FirmwareSummary> firmware, Option<OtaFailure> failure) {}
