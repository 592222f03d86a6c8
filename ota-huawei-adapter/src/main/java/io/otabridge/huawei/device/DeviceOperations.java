package io.otabridge.huawei.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.otabridge.client.Operation;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.OneShotBody;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.huawei.config.HuaweiSettings;
import io.otabridge.huawei.operation.HuaweiIdCanonicalizer;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.otabridge.huawei.operation.MarkerCursor;
import io.otabridge.huawei.wire.DeviceDto;
import io.otabridge.huawei.wire.DevicePageDto;
import io.otabridge.huawei.wire.HuaweiApi;
import io.otabridge.huawei.wire.PageDto;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;

/** The device operations of IoTDA, as described in the chapter "Device Management". */
public final class DeviceOperations {

    /** Applies to every device id in a request. */
    public static final StringConstraint DEVICE = StringConstraint.matching(
            "Huawei device id", "[a-zA-Z0-9_-]{1,128}", "1 to 128 letters, digits, underscores and hyphens");

    /** A package version may be longer. No text that meets this constraint can end a quotation. */
    private static final StringConstraint SEARCHED_VERSION = StringConstraint.matching(
            "Huawei version in a search",
            "[a-zA-Z0-9_.-]{1,64}",
            "1 to 64 letters, digits, underscores, full stops and hyphens");

    private static final StringConstraint MARKER =
            StringConstraint.matching("Huawei marker", "[a-fA-F0-9]{1,24}", "1 to 24 hexadecimal digits");

    private static final LenientJsonReader<DeviceDto> DTO = LenientJsonReader.of(DeviceDto.class);
    private static final LenientJsonReader<DevicePageDto> PAGE = LenientJsonReader.of(DevicePageDto.class);

    /** A page of devices. */
    record DevicePage(Option<ProductId> product, MarkerCursor cursor) {}

    /**
     * A page of devices with a version.
     *
     * @param after the marker of the last device of the previous page; absent for the first page
     */
    record SearchPage(Option<ProductId> product, InstalledVersion installed, Option<String> after, long received) {}

    final Operation<DeviceId, Device> showDevice;
    final Operation<DevicePage, VendorPage<Device>> listDevices;
    final Operation<SearchPage, VendorPage<Device>> searchDevices;

    public DeviceOperations(HuaweiApi api, HuaweiSettings settings) {
        @Nullable String instance = settings.instanceId().getOrNull();
        Option<String> appId = settings.appId();

        showDevice = Operation.<DeviceId>read("ShowDevice")
                .subject("device {0}", DeviceId::value)
                .valid(DEVICE, DeviceId::value)
                .hidingResponse()
                .request(id -> api.showDevice(instance, id.value()))
                .json(DTO, (id, dto) -> DeviceMapping.toDevice(dto).flatMap(found -> requireId(id, found)));

        listDevices = Operation.<DevicePage>read("ListDevices")
                .subject("{0}", page -> describe(page.product()))
                .validIfPresent(HuaweiOperations.PRODUCT, page -> page.product().map(ProductId::value))
                .inBulk(page -> !page.cursor().equals(MarkerCursor.FIRST))
                .request(page -> api.listDevices(
                        instance,
                        appId.getOrNull(),
                        page.product().map(ProductId::value).getOrNull(),
                        PageDto.SIZE,
                        page.cursor().markerParameter()))
                .json(
                        PAGE,
                        (page, dto) -> DeviceMapping.toDevices(dto)
                                .flatMap(devices -> requireProduct(page.product(), devices))
                                .flatMap(devices -> page.cursor().page(dto.page(), devices)));

        // Identical reads are recognized by their address, which does not contain the search.
        searchDevices = Operation.<SearchPage>uncoalescedRead("SearchDevices")
                .subject("{0} with a version", page -> describe(page.product()))
                .validIfPresent(HuaweiOperations.PRODUCT, page -> page.product().map(ProductId::value))
                .valid(SEARCHED_VERSION, page -> page.installed().version().value())
                .validIfPresent(MARKER, SearchPage::after)
                .request(page -> api.searchDevices(
                        instance,
                        OneShotBody.json(JsonNodeFactory.instance
                                .objectNode()
                                .put("sql", sql(page, appId))
                                .toString())))
                .json(
                        PAGE,
                        (page, dto) -> DeviceMapping.toDevices(dto)
                                .flatMap(devices -> requireProduct(page.product(), devices))
                                .flatMap(devices -> requireVersion(page.installed(), devices))
                                .flatMap(devices -> next(page, dto, devices)));
    }

    /**
     * The offset of a search ends at 500, so pages begin after a marker instead. All values meet constraints without
     * quotation marks.
     */
    private static String sql(SearchPage page, Option<String> appId) {
        String field = page.installed().target() instanceof FirmwareTarget.Software ? "sw_version" : "fw_version";
        return "select * from device where "
                + page.product().map(id -> "product_id = '" + id + "' and ").getOrElse("")
                + field + " = '" + page.installed().version() + "'"
                + appId.map(id -> " and app_id = '" + id + "'").getOrElse("")
                + page.after().map(marker -> " and marker < '" + marker + "'").getOrElse("")
                + " order by marker desc limit " + PageDto.SIZE;
    }

    /**
     * A search has no total, so it ends with an empty page: a gateway may return short pages. A short page without a
     * marker is the last one too.
     */
    private static Either<String, VendorPage<Device>> next(SearchPage page, DevicePageDto dto, List<Device> devices) {
        long received = page.received() + devices.size();
        Option<String> last = Option.of(dto.devices())
                .flatMap(found -> List.ofAll(found).lastOption())
                .flatMap(device -> FieldReader.text(device.marker()));
        if (devices.isEmpty() || (devices.size() < PageDto.SIZE && last.isEmpty())) {
            return Either.right(
                    new VendorPage<>(devices, Option.none(), received, Option.when(devices.isEmpty(), received)));
        }
        return last.filter(marker -> page.after().forAll(before -> marker.compareTo(before) < 0))
                .toEither("the marker of the last device does not lead to the next page")
                .map(marker -> new VendorPage<>(
                        devices, Option.some(new PageToken(received + ":" + marker)), received, Option.none()));
    }

    private static Either<String, Device> requireId(DeviceId id, Device found) {
        return HuaweiIdCanonicalizer.isSameId(found.id().value(), id.value())
                ? Either.right(found)
                : Either.left("requested device " + id + ", received device " + found.id());
    }

    private static String describe(Option<ProductId> product) {
        return product.map(id -> "devices of product " + id).getOrElse("devices");
    }

    private static Either<String, List<Device>> requireProduct(Option<ProductId> product, List<Device> devices) {
        return devices.flatMap(Device::product)
                .find(other -> product.exists(wanted -> !HuaweiIdCanonicalizer.isSame(other, wanted)))
                .<Either<String, List<Device>>>map(
                        other -> Either.left("requested product " + product.get() + ", received product " + other))
                .getOrElse(Either.right(devices));
    }

    private static Either<String, List<Device>> requireVersion(InstalledVersion wanted, List<Device> devices) {
        return devices.find(device -> !device.versions().exists(versions -> versions.contains(wanted)))
                .<Either<String, List<Device>>>map(other -> Either.left(
                        "requested version " + wanted.version() + ", received device " + other.id() + " without it"))
                .getOrElse(Either.right(devices));
    }
}
