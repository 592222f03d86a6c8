package io.otabridge.aliyun.firmware;

import io.otabridge.aliyun.operation.AliyunOperations;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.vavr.control.Either;

/** Deletes firmware. */
public record AliyunFirmwareCommands(OperationClient client, AliyunOperations operations, FirmwareQueryPort firmware)
        implements FirmwareCommandPort {

    @Override
    public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
        return client.delete(operations.deleteFirmware, id, () -> firmware.find(id));
    }

    @Override
    public FirmwareCommandPort dryRun() {
        return new AliyunFirmwareCommands(client.dryRun(), operations, firmware);
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
