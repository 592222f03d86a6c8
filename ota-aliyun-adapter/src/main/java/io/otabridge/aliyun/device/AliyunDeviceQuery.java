package io.otabridge.aliyun.device;

import io.otabridge.aliyun.operation.ListPosition;
import io.otabridge.aliyun.operation.NumberedPages;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceQueryPort;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.vavr.control.Either;

/** Finds and lists devices. The platform identifies a device by its product and name. */
public final class AliyunDeviceQuery implements DeviceQueryPort {

    /** The platform lists fewer devices than these. */
    private static final int WINDOW = 1_000_000;

    private final OperationClient client;
    private final DeviceOperations operations;

    public AliyunDeviceQuery(OperationClient client, DeviceOperations operations) {
        this.client = client;
        this.operations = operations;
    }

    /** A device that has reported no version has an empty list; a device that does not exist is an error. */
    @Override
    public Either<OtaFailure, Device> find(DeviceRef device) {
        OperationContext origin = client.contextOf(operations.listVersions);
        return requireProduct(origin, device)
                .flatMap(product -> NumberedPages.of(
                                client,
                                operations.listVersions,
                                "versions",
                                ReportedVersion::target,
                                cursor -> new DeviceOperations.VersionPage(product, device.id(), cursor))
                        .toList()
                        .map(versions -> {
                            Device.Builder found = Device.builder(device.id())
                                    .product(product)
                                    .versions(versions.flatMap(ReportedVersion::installed));
                            versions.flatMap(ReportedVersion::vendorId)
                                    .headOption()
                                    .forEach(found::vendorId);
                            return found.build();
                        }));
    }

    @Override
    public Pages<Device> list(DeviceFilter filter) {
        return filter.installed().isDefined()
                ? Pages.of(from -> Either.left(client.unsupported(Capability.FIND_DEVICES_BY_VERSION)))
                : filter.product().map(this::list).getOrElse(() -> Pages.of(from -> Either.left(withoutProduct())));
    }

    private Pages<Device> list(ProductId product) {
        return CompleteListPaginator.byPageNumber(
                client.contextOf(operations.listDevices), "devices", Device::id, from -> page(product, from));
    }

    private OtaFailure withoutProduct() {
        OperationContext origin = client.contextOf(operations.listDevices);
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of("Backend {0} lists the devices of one product, and none is named", origin.backend()),
                Message.of("Name the product; nothing was sent")));
    }

    /** The number of devices of a product, from a page with one entry. */
    public Either<OtaFailure, Long> count(ProductId product) {
        return ListPosition.at(client, operations.countDevices, PageToken.FIRST)
                .flatMap(first ->
                        client.read(operations.countDevices, new DeviceOperations.DevicePage(product, first, 1)));
    }

    /** New devices are at the start of the list, so they only move entries to later pages. */
    private Either<OtaFailure, VendorPage<Device>> page(ProductId product, PageToken from) {
        return ListPosition.at(client, operations.listDevices, from)
                .flatMap(position -> position.cursor().number() * DeviceOperations.PAGE_SIZE >= WINDOW
                        ? Either.left(tooLong(product))
                        : client.read(
                                        operations.listDevices,
                                        new DeviceOperations.DevicePage(product, position, DeviceOperations.PAGE_SIZE))
                                .map(list -> position.withSmallestTotal(list.page(), list.nextToken())));
    }

    /** The product of a device; {@link OtaFailure.Rejected} if the reference has none. */
    public static Either<OtaFailure, ProductId> requireProduct(OperationContext origin, DeviceRef device) {
        return device.product()
                .toEither(() -> new OtaFailure.Rejected(FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} identifies a device by its product and name, and {1} names no product",
                                origin.backend(), device),
                        Message.of("Name the product too; nothing was sent"))));
    }

    private OtaFailure tooLong(ProductId product) {
        OperationContext origin = client.contextOf(operations.listDevices);
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "Product {0} has more devices than backend {1} lists, which are fewer than {2}",
                        product, origin.backend(), WINDOW),
                Message.of("Export the devices in the vendor's console")));
    }
}
