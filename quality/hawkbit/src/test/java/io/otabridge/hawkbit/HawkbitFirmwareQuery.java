package io.otabridge.hawkbit;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
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
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;

/** Finds and lists distribution sets. */
record HawkbitFirmwareQuery(OperationClient client, HawkbitOperations operations) implements FirmwareQueryPort {

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareId id) {
        return client.read(operations.showSet, id)
                .flatMap(set -> set.toEither(() -> absent(client.contextOf(operations.showSet), "firmware " + id)));
    }

    /** The failure for something that the server answers for although it is deleted, or that no list contains. */
    static OtaFailure absent(OperationContext origin, String what) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin, Message.of("Backend {0} has no {1}", origin.backend(), what), Message.of("Check the id")));
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        return search().find(coordinates);
    }

    @Override
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        return search().newest(filter, order);
    }

    private FirmwareFinder search() {
        return new FirmwareFinder(this, client.contextOf(operations.listSets));
    }

    @Override
    public Pages<FirmwareSummary> list(FirmwareFilter filter) {
        return CompleteListPaginator.byPageNumber(
                        client.contextOf(operations.listSets),
                        "packages",
                        FirmwareSummary::id,
                        from -> client.read(operations.listSets, new HawkbitOperations.FirmwarePage(filter, from)))
                .filter(filter::matches);
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
