package io.otabridge.domain.product;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Queries the products of one backend. Thread-safety, interrupts and failures are as in {@link
 * io.otabridge.domain.module.ModuleQueryPort}.
 */
public interface ProductQueryPort {

    /**
     * Lists all products, newest first. This method sends nothing; the methods of {@link Pages} do. Completeness is as
     * in {@link io.otabridge.domain.module.ModuleQueryPort#list}.
     *
     * <p>On Huawei Cloud IoTDA, the products of the configured resource space, or those of all resource spaces of the
     * user without one. On Alibaba Cloud IoT Platform, the products of the configured instance.
     *
     * @return the list. An entry without an id makes its page {@link OtaFailure.UnreadableResponse}; all other fields
     *     may be absent
     */
    Pages<ProductSummary> list();

    /**
     * Returns a port whose operations return a failure. Nothing is sent.
     *
     * @param failure creates the failure for the missing capability
     */
    static ProductQueryPort unsupported(Function<Capability, OtaFailure> failure) {
        return () -> Pages.of(from -> Either.left(failure.apply(Capability.LIST_PRODUCTS)));
    }
}
