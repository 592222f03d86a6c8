package io.otabridge.domain.module;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.batch.ConcurrentLookup;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Queries OTA modules of one backend. Implementations are safe for use by multiple threads. Methods block until the
 * result is available or the deadline has passed, and return a failure for every error of the network or the vendor;
 * they do not throw. An interrupt ends the call with {@link OtaFailure.Cancelled}, at the latest at the deadline; the
 * interrupt flag stays set.
 */
public interface ModuleQueryPort {

    /**
     * Finds a module, with all details (documents "Query OTA module details" and "Query OTA modules" of Huawei Cloud
     * IoTDA, "ListOTAModuleByProduct" of Alibaba Cloud IoT Platform).
     *
     * @param ref the id, or product and name. A part that violates the vendor's constraint is {@link
     *     OtaFailure.Rejected}, a kind of reference that the vendor does not support is {@link OtaFailure.Unsupported},
     *     both before anything is sent
     * @return the module; {@link OtaFailure.NotFound} if the module or product does not exist; otherwise the failure. A
     *     response without the module's name or product, or with a field of the wrong type, is {@link
     *     OtaFailure.UnreadableResponse}; no field is guessed
     */
    Either<OtaFailure, OtaModule> find(ModuleRef ref);

    /** Finds many modules, 8 at the same time. See {@link #findAll(Iterable, int)}. */
    default Stream<LookupResult<ModuleRef, OtaModule>> findAll(Iterable<ModuleRef> refs) {
        return findAll(refs, ConcurrentLookup.DEFAULT_CONCURRENCY);
    }

    /**
     * Finds many modules concurrently, each as with {@link #find}, within the account's quota. Results arrive in order
     * of completion, one for each distinct reference. Otherwise as {@link
     * io.otabridge.domain.firmware.FirmwareQueryPort#findAll(Iterable, int)}.
     *
     * @param concurrency the number of concurrent calls, 1 to 64
     * @throws IllegalArgumentException if {@code concurrency} is out of range
     */
    default Stream<LookupResult<ModuleRef, OtaModule>> findAll(Iterable<ModuleRef> refs, int concurrency) {
        return ConcurrentLookup.stream(refs, concurrency, this::find);
    }

    /**
     * Lists the modules of a product in the vendor's order: newest first on Huawei Cloud IoTDA, not documented on
     * Alibaba Cloud IoT Platform, which returns all of them on one page. This method sends nothing; the methods of
     * {@link Pages} do.
     *
     * <p>No module occurs twice. A list shorter than the vendor announces is read again once, and if it stays short it
     * fails with {@link OtaFailure.UnreadableResponse} that names both numbers, as in {@link
     * io.otabridge.domain.firmware.FirmwareQueryPort#list}. On Huawei Cloud IoTDA a module added during pagination may
     * be missing.
     *
     * @param product the vendor's id of the product. An id that violates the vendor's constraint is {@link
     *     OtaFailure.Rejected} before anything is sent
     * @return the list. A product that does not exist has no modules on Huawei Cloud IoTDA and is {@link
     *     OtaFailure.NotFound} on Alibaba Cloud IoT Platform. An unreadable entry makes its page {@link
     *     OtaFailure.UnreadableResponse}
     */
    Pages<OtaModule> list(ProductId product);

    /**
     * Returns a port whose operations return a failure. Nothing is sent.
     *
     * @param failure creates the failure for the missing capability
     */
    static ModuleQueryPort unsupported(Function<Capability, OtaFailure> failure) {
        return new ModuleQueryPort() {
            @Override
            public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                return Either.left(failure.apply(
                        ref instanceof ModuleRef.ById ? Capability.FIND_MODULE_BY_ID : Capability.FIND_MODULE_BY_NAME));
            }

            @Override
            public Pages<OtaModule> list(ProductId product) {
                return Pages.of(from -> Either.left(failure.apply(Capability.LIST_MODULES)));
            }
        };
    }
}
