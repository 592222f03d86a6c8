package io.otabridge.acme;

import io.otabridge.domain.Deletion;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.http.SentOnce;
import io.vavr.control.Either;

/** Deletes packages of Acme Shelf. */
final class AcmeFirmwareCommands implements FirmwareCommandPort {

    private final AcmeApi api;
    private final AcmeCalls calls;

    AcmeFirmwareCommands(AcmeApi api, AcmeCalls calls) {
        this.api = api;
        this.calls = calls;
    }

    @Override
    public Either<OtaFailure, Deletion> delete(FirmwareId id) {
        Origin origin = calls.origin("DeletePackage");
        return calls.check(origin, AcmeFirmwareQuery.ID, id.value())
                .flatMap(
                        asked -> calls.delete(origin, "firmware " + asked, api.deletePackage(asked, SentOnce.empty())));
    }
}
