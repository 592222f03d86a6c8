package io.otabridge.acme;

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

/** Finds and lists packages of Acme Shelf. */
record AcmeFirmwareQuery(OperationClient client, AcmeOperations operations) implements FirmwareQueryPort {

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareId id) {
        return client.read(operations.showPackage, id);
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        return search().find(coordinates);
    }

    @Override
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        return search().newest(filter, order);
    }

    @Override
    public Pages<FirmwareSummary> list(FirmwareFilter filter) {
        return Pages.of(from -> client.read(operations.listPackages, new AcmeOperations.PackagePage(filter, from)));
    }

    /** Searches the list of packages, as Acme Shelf has no search operation. */
    private FirmwareFinder search() {
        return new FirmwareFinder(this, client.contextOf(operations.listPackages));
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
