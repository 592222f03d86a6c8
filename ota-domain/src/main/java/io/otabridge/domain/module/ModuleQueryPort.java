package io.otabridge.domain.module;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;

/**
 * Asks one backend about OTA modules. Implementations are safe for many threads, block the calling thread until the
 * answer is there or the deadline has passed, and never throw for anything that the remote side does. An interrupt ends
 * the call when it is next noticed, at the latest at the deadline; the interrupt flag stays set.
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
}
