package io.otabridge.acme;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.vavr.control.Either;

/** Deletes packages of Acme Shelf. */
record AcmeFirmwareCommands(OperationClient client, AcmeOperations operations, FirmwareQueryPort firmware)
        implements FirmwareCommandPort {

    @Override
    public FirmwareCommandPort dryRun() {
        return new AcmeFirmwareCommands(client.dryRun(), operations, firmware);
    }

    @Override
    public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
        return client.delete(operations.deletePackage, id, () -> firmware.find(id));
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
