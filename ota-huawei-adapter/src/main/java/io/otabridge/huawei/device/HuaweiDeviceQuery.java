package io.otabridge.huawei.device;

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
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.huawei.operation.HuaweiIdCanonicalizer;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.otabridge.huawei.operation.MarkerPages;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds and lists devices of IoTDA. */
public record HuaweiDeviceQuery(OperationClient client, DeviceOperations operations) implements DeviceQueryPort {

    private static final String ENTRIES = "devices";
    private static final Pattern SEARCH_TOKEN = Pattern.compile("([0-9]{1,18}):(.{1,100})");

    @Override
    public Either<OtaFailure, Device> find(DeviceRef ref) {
        return client.read(operations.showDevice, ref.id())
                .flatMap(found -> isOfProduct(found, ref.product())
                        ? Either.right(found)
                        : Either.left(ofAnotherProduct(ref, found.product().get())));
    }

    private static boolean isOfProduct(Device device, Option<ProductId> wanted) {
        return wanted.forAll(
                product -> device.product().forAll(actual -> HuaweiIdCanonicalizer.isSame(actual, product)));
    }

    private OtaFailure ofAnotherProduct(DeviceRef ref, ProductId actual) {
        OperationContext origin = client.contextOf(operations.showDevice);
        return new OtaFailure.NotFound(FailureDetails.of(
                origin,
                Message.of("Backend {0} has no {1}; it is a device of product {2}", origin.backend(), ref, actual),
                Message.of("Correct the product, or leave it out")));
    }

    @Override
    public Pages<Device> list(DeviceFilter filter) {
        return filter.installed()
                .map(installed -> search(filter.product(), installed))
                .getOrElse(() -> MarkerPages.of(
                        client,
                        operations.listDevices,
                        ENTRIES,
                        Device::id,
                        cursor -> new DeviceOperations.DevicePage(filter.product(), cursor)));
    }

    private Pages<Device> search(Option<ProductId> product, InstalledVersion installed) {
        boolean isSearchable = installed.target() instanceof FirmwareTarget.WholeDevice
                || installed.target() instanceof FirmwareTarget.Software;
        return isSearchable
                ? CompleteListPaginator.byMarker(
                        client.contextOf(operations.searchDevices),
                        ENTRIES,
                        Device::id,
                        from -> searchPage(product, installed, from))
                : Pages.of(from -> Either.left(notSearchable()));
    }

    private Either<OtaFailure, VendorPage<Device>> searchPage(
            Option<ProductId> product, InstalledVersion installed, PageToken from) {
        if (from.equals(PageToken.FIRST)) {
            return client.read(
                    operations.searchDevices, new DeviceOperations.SearchPage(product, installed, Option.none(), 0));
        }
        Matcher token = SEARCH_TOKEN.matcher(from.value());
        return token.matches()
                ? client.read(
                        operations.searchDevices,
                        new DeviceOperations.SearchPage(
                                product, installed, Option.some(token.group(2)), Long.parseLong(token.group(1))))
                : Either.left(HuaweiOperations.invalidToken(client.contextOf(operations.searchDevices), from));
    }

    private OtaFailure notSearchable() {
        OperationContext origin = client.contextOf(operations.searchDevices);
        return new OtaFailure.Unsupported(
                FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} ({1}) searches devices by the version of the whole device or of the software,"
                                        + " not of a module",
                                origin.backend(), origin.vendor()),
                        Message.of("List all devices and find each one, which returns the versions of its"
                                + " modules; nothing was sent")),
                Capability.FIND_DEVICES_BY_VERSION);
    }
}
