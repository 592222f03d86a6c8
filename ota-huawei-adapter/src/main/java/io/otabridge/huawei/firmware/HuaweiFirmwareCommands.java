package io.otabridge.huawei.firmware;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.vavr.control.Either;

/** Deletes OTA upgrade packages of IoTDA. */
public record HuaweiFirmwareCommands(OperationClient client, HuaweiOperations operations, FirmwareQueryPort firmware)
        implements FirmwareCommandPort {

    @Override
    public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
        return client.delete(operations.deletePackage, id, () -> firmware.find(id));
    }

    @Override
    public FirmwareCommandPort dryRun() {
        return new HuaweiFirmwareCommands(client.dryRun(), operations, firmware);
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
