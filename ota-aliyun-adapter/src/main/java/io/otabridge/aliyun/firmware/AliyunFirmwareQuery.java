package io.otabridge.aliyun.firmware;

import io.otabridge.aliyun.operation.AliyunOperations;
import io.otabridge.aliyun.operation.NumberedPageCursor;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareFinder;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.vavr.control.Either;
import io.vavr.control.Option;

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
        return CompleteListPaginator.byPageNumber(
                        client.contextOf(operations.listFirmware),
                        ENTRIES,
                        FirmwareSummary::id,
                        from -> vendorPage(filter, from))
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

    /** A page before filtering by target and verification. */
    private Either<OtaFailure, VendorPage<FirmwareSummary>> vendorPage(FirmwareFilter filter, PageToken from) {
        return cursorAt(from)
                .flatMap(cursor ->
                        client.read(operations.listFirmware, new AliyunOperations.FirmwarePage(filter, cursor)));
    }

    private Either<OtaFailure, NumberedPageCursor> cursorAt(PageToken from) {
        return from.equals(PageToken.FIRST)
                ? Either.right(NumberedPageCursor.FIRST)
                : client.check(operations.listFirmware, NumberedPageCursor.RULE, Option.some(from.value()))
                        .map(token -> NumberedPageCursor.parse(token.get()));
    }
}
