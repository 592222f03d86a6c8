package io.otabridge.domain.firmware;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;

/**
 * Asks one backend about firmware packages. Implementations are safe for many threads, block the calling thread until the
 * answer is there or the deadline has passed, and never throw for anything that the remote side does. An interrupt ends
 * the call when it is next noticed, at the latest at the deadline; the interrupt flag stays set.
 */
public interface FirmwareQueryPort {

    /**
     * The firmware package with this id, with everything the vendor says about it (documents "Query OTA upgrade package
     * details" of Huawei Cloud IoTDA and "QueryOTAFirmware" of Alibaba Cloud IoT Platform).
     *
     * @param id the vendor's id. One that breaks the vendor's own rule is {@link OtaFailure.Rejected} before anything is sent
     * @return the package; {@link OtaFailure.NotFound} if the vendor knows no such id; otherwise the failure that says what
     *     to do next. An answer that lacks the id or the version, or holds a member of the wrong type, is
     *     {@link OtaFailure.UnreadableResponse}, never a package with guessed parts
     */
    Either<OtaFailure, Firmware> find(FirmwareId id);
}
