package io.otabridge.domain.product;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Queries the device groups of one backend. Thread-safety, interrupts and failures are as in {@link
 * io.otabridge.domain.module.ModuleQueryPort}.
 */
public interface DeviceGroupQueryPort {

    /**
     * Lists device groups, static groups only, newest first. This method sends nothing; the methods of {@link Pages} do.
     * Completeness is as in {@link io.otabridge.domain.module.ModuleQueryPort#list}.
     *
     * <p>The request has no filter but the configured resource space or instance, and without a type of group both
     * vendors return static groups. Neither documents whether the list without a parent group contains groups below the
     * top level.
     *
     * @return the list. An entry without an id makes its page {@link OtaFailure.UnreadableResponse}; all other fields
     *     may be absent
     */
    Pages<DeviceGroup> list();

    /**
     * Returns a port whose operations return a failure. Nothing is sent.
     *
     * @param failure creates the failure for the missing capability
     */
    static DeviceGroupQueryPort unsupported(Function<Capability, OtaFailure> failure) {
        return () -> Pages.of(from -> Either.left(failure.apply(Capability.LIST_DEVICE_GROUPS)));
    }
}
