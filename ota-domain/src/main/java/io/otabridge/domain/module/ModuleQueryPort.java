package io.otabridge.domain.module;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.batch.BatchResult;
import io.otabridge.domain.batch.ConcurrentLookup;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks one backend about OTA modules. Implementations are safe for many threads, block the calling thread until the
 * answer is there or the deadline has passed, and never throw for anything that the remote side does. An interrupt ends
 * the call when it is next noticed, at the latest at the deadline, with {@link OtaFailure.Cancelled}; the interrupt flag
 * stays set.
 */
public interface ModuleQueryPort {

    /**
     * The module that the reference names, with everything the vendor says about it (documents "Query OTA module details"
     * and "Query OTA modules" of Huawei Cloud IoTDA, "ListOTAModuleByProduct" of Alibaba Cloud IoT Platform).
     *
     * @param ref by id or by product and name. A part that breaks the vendor's own rule is {@link OtaFailure.Rejected}, a
     *     kind of reference the vendor does not know is {@link OtaFailure.Unsupported}, both before anything is sent
     * @return the module; {@link OtaFailure.NotFound} if the vendor knows no such module or product; otherwise the failure
     *     that says what to do next. An answer that lacks the module's name or product, or holds a member of the wrong
     *     type, is {@link OtaFailure.UnreadableResponse}, never a module with guessed parts
     */
    Either<OtaFailure, OtaModule> find(ModuleRef ref);

    /** The same as {@link #findAll(Iterable, int)} with 8 at a time. */
    default Stream<BatchResult<ModuleRef, OtaModule>> findAll(Iterable<ModuleRef> refs) {
        return findAll(refs, ConcurrentLookup.DEFAULT_CONCURRENCY);
    }

    /**
     * The modules that these references name, each asked for as with {@link #find}, several at the same time within the
     * account's quota. Answers come as they are there, one for each reference; a repeated one is asked for once. All else is
     * as with {@link io.otabridge.domain.firmware.FirmwareQueryPort#findAll(Iterable, int)}.
     *
     * @param concurrency how many at the same time, from 1 to 64
     * @throws IllegalArgumentException if {@code concurrency} is anything else
     */
    default Stream<BatchResult<ModuleRef, OtaModule>> findAll(Iterable<ModuleRef> refs, int concurrency) {
        return ConcurrentLookup.stream(refs, concurrency, this::find);
    }

    /**
     * The modules of a product, in the vendor's order: newest first on Huawei Cloud IoTDA, not documented on Alibaba Cloud IoT
     * Platform, which returns all of them on one page. This method sends nothing; the methods of {@link Pages} do.
     *
     * <p>No module comes twice. A list shorter than the vendor announces is read again once, and if it stays short it fails
     * with {@link OtaFailure.UnreadableResponse} that names both numbers, as with
     * {@link io.otabridge.domain.firmware.FirmwareQueryPort#list}. On Huawei Cloud IoTDA a module made meanwhile may be left
     * out.
     *
     * @param product the vendor's id of the product. One that breaks the vendor's own rule is {@link OtaFailure.Rejected}
     *     before anything is sent
     * @return the list. A product that does not exist has no modules on Huawei Cloud IoTDA and is
     *     {@link OtaFailure.NotFound} on Alibaba Cloud IoT Platform. One entry that cannot be read makes its page
     *     {@link OtaFailure.UnreadableResponse}
     */
    Pages<OtaModule> list(ProductId product);

    /**
     * The port of a backend that has none of these operations. Nothing is sent.
     *
     * @param failure the failure for an operation that needs this capability
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
