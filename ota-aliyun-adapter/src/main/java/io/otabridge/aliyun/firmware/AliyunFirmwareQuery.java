package io.otabridge.aliyun.firmware;

import io.otabridge.aliyun.operation.AliyunOperations;
import io.otabridge.aliyun.operation.NumberedPages;
import io.otabridge.client.OperationClient;
import io.otabridge.client.transfer.FileDownload;
import io.otabridge.client.transfer.TransferClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareFinder;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.page.Pages;
import io.vavr.Lazy;
import io.vavr.control.Either;

/** Finds, lists and downloads firmware. */
public final class AliyunFirmwareQuery implements FirmwareQueryPort {

    private static final String ENTRIES = "firmware packages";

    private final OperationClient client;
    private final AliyunOperations operations;
    private final OperationContext downloads;
    private final Lazy<TransferClient> transfers;

    public AliyunFirmwareQuery(
            OperationClient client,
            AliyunOperations operations,
            OperationContext downloads,
            Lazy<TransferClient> transfers) {
        this.client = client;
        this.operations = operations;
        this.downloads = downloads;
        this.transfers = transfers;
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
    public Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
        FileChoice choice = new FileChoice(downloads, id, download.fileName());
        return find(id).flatMap(choice::of)
                .flatMap(file -> FileDownload.run(
                        transfers.get(),
                        downloads,
                        file,
                        download,
                        new LinkSource(downloads, choice.subject(), file, () -> find(id).flatMap(choice::of))));
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
