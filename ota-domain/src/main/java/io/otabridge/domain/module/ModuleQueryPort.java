package io.otabridge.domain.module;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.batch.Answer;
import io.otabridge.domain.batch.Batch;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.PageWalk;
import io.vavr.control.Either;
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
    default Stream<Answer<ModuleRef, OtaModule>> findAll(Iterable<ModuleRef> refs) {
        return findAll(refs, Batch.AT_ONCE);
    }

    /**
     * The modules that these references name, each asked for as with {@link #find}, several at the same time within the
     * account's quota. Answers come as they are there, one for each reference; a repeated one is asked for once. All else is
     * as with {@link io.otabridge.domain.firmware.FirmwareQueryPort#findAll(Iterable, int)}.
     *
     * @param atOnce how many at the same time, from 1 to 64
     * @throws IllegalArgumentException if {@code atOnce} is anything else
     */
    default Stream<Answer<ModuleRef, OtaModule>> findAll(Iterable<ModuleRef> refs, int atOnce) {
        return Batch.stream(refs, atOnce, this::find);
    }

    /**
     * One page of a product's modules, in the vendor's order: newest first on Huawei Cloud IoTDA, not documented on Alibaba
     * Cloud IoT Platform, which answers all of them on one page.
     *
     * @param product the vendor's id of the product. One that breaks the vendor's own rule is {@link OtaFailure.Rejected}
     *     before anything is sent
     * @param from {@link PageToken#FIRST}, or {@link Page#next} of the page before; a token of another list or backend is
     *     {@link OtaFailure.Rejected}, at the latest by the vendor
     * @return the page. A product that nobody knows has no modules on Huawei Cloud IoTDA and is {@link OtaFailure.NotFound}
     *     on Alibaba Cloud IoT Platform; otherwise the failure that says what to do next. One entry that cannot be read makes
     *     the whole page {@link OtaFailure.UnreadableResponse}, never a shorter page, and so does a last page if the vendor
     *     announced more modules than the pages held
     */
    Either<OtaFailure, Page<OtaModule>> list(ProductId product, PageToken from);

    /**
     * All modules of a product, lazily: a page is requested when its first item is wanted, and not before. A page that fails
     * is the last element, a {@code Left}; a stream without one is whole, and no module comes twice. A list shorter than the
     * vendor announces is read again once, and if it stays short the stream ends with {@link OtaFailure.UnreadableResponse}
     * that names both numbers, as with {@link io.otabridge.domain.firmware.FirmwareQueryPort#stream}. On Huawei Cloud IoTDA a
     * module made meanwhile may be left out.
     */
    default Stream<Either<OtaFailure, OtaModule>> stream(ProductId product) {
        return PageWalk.stream(from -> list(product, from));
    }
}
