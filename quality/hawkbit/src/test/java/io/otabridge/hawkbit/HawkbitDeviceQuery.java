package io.otabridge.hawkbit;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceQueryPort;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;

/** Finds and lists targets. */
record HawkbitDeviceQuery(OperationClient client, HawkbitOperations operations) implements DeviceQueryPort {

    @Override
    public Either<OtaFailure, Device> find(DeviceRef ref) {
        return client.read(operations.findTarget, ref)
                .flatMap(found -> found.find(device -> device.id().equals(ref.id()))
                        .toEither(() ->
                                HawkbitFirmwareQuery.absent(client.contextOf(operations.findTarget), ref.toString())))
                .flatMap(device -> client.read(operations.showInstalledSet, ref.id())
                        .map(versions -> withVersions(device, versions)));
    }

    private static Device withVersions(Device device, List<InstalledVersion> versions) {
        Device.Builder copy = Device.builder(device.id()).versions(versions);
        device.product().forEach(copy::product);
        device.name().forEach(copy::name);
        device.created().forEach(copy::created);
        return copy.build();
    }

    /** A product is a tag of devices, and a device of no product has none. */
    @Override
    public Pages<Device> list(DeviceFilter filter) {
        if (filter.installed().isDefined() && filter.product().isEmpty()) {
            return Pages.of(from -> Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    client.contextOf(operations.listTargets),
                    Message.of(
                            "A version is that of a distribution set, which belongs to a product, and none is named"),
                    Message.of("Name the product; nothing was sent")))));
        }
        return CompleteListPaginator.byPageNumber(
                client.contextOf(operations.listTargets),
                "devices",
                Device::id,
                from -> client.read(
                        operations.listTargets,
                        new HawkbitOperations.DevicePage(filter.product(), filter.installed(), from)));
    }
}
