package io.otabridge.aliyun.firmware;

import io.otabridge.aliyun.operation.AliyunOperations;
import io.otabridge.aliyun.operation.NumberedPages;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareFinder;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;

/** Finds and lists firmware. */
public final class AliyunFirmwareQuery implements FirmwareQueryPort {

    private static final String ENTRIES = "firmware packages";

    private final OperationClient client;
    private final AliyunOperations operations;

    public AliyunFirmwareQuery(OperationClient client, AliyunOperations operations) {
        this.client = client;
        this.operations = operations;
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareId id) {
        return client.read(operations.queryFirmware, id);
    }

    @Override
    public Pages<FirmwareSummary> list(FirmwareFilter filter) {
        return NumberedPages.of(
                        client,
                        operations.listFirmware,
                        ENTRIES,
                        FirmwareSummary::id,
                        cursor -> new AliyunOperations.FirmwarePage(filter, cursor))
                .filter(filter::isChosen);
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        return new FirmwareFinder(this, client.contextOf(operations.listFirmware)).find(coordinates);
    }

    @Override
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        return new FirmwareFinder(this, client.contextOf(operations.listFirmware)).newest(filter, order);
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
