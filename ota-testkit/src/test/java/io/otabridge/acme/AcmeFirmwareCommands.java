package io.otabridge.acme;

import io.otabridge.domain.Deletion;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.vavr.control.Either;

/** Deletes packages of Acme Shelf. */
final class AcmeFirmwareCommands implements FirmwareCommandPort {

    private final AcmeApi api;
    private final AcmeCalls calls;
    private final FirmwareQueryPort firmware;
    private final boolean isDry;

    AcmeFirmwareCommands(AcmeApi api, AcmeCalls calls, FirmwareQueryPort firmware, boolean isDry) {
        this.api = api;
        this.calls = calls;
        this.firmware = firmware;
        this.isDry = isDry;
    }

    @Override
    public FirmwareCommandPort dryRun() {
        return new AcmeFirmwareCommands(api, calls, firmware, true);
    }

    @Override
    public Either<OtaFailure, Deletion> delete(FirmwareId id) {
        Origin origin = calls.origin("DeletePackage");
        return calls.check(origin, AcmeFirmwareQuery.ID, id.value())
                .flatMap(asked -> isDry
                        ? AcmeCalls.foreseen(firmware.find(id))
                        : calls.delete(origin, "firmware " + asked, api.deletePackage(asked)));
    }
}
