package io.otabridge.aliyun.device;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.operation.ListPosition;
import io.otabridge.aliyun.operation.NumberedPageCursor;
import io.otabridge.aliyun.operation.NumberedPages;
import io.otabridge.aliyun.wire.DeviceApi;
import io.otabridge.aliyun.wire.DeviceInfoDto;
import io.otabridge.aliyun.wire.ModuleVersionDto;
import io.otabridge.client.Operation;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.domain.Message;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.page.VendorPage;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;

/** The operations of the platform on devices, as described in the documents of the same names. */
public final class DeviceOperations {

    /** The maximum in the document "QueryDevice". */
    static final int PAGE_SIZE = 50;

    /** The maximum in the document "ListOTAModuleVersionsByDevice". */
    private static final int VERSION_PAGE_SIZE = 200;

    private static final LenientJsonReader<DeviceInfoDto.PageDto> DEVICES =
            LenientJsonReader.of(DeviceInfoDto.PageDto.class);
    private static final LenientJsonReader<ModuleVersionDto.PageDto> VERSIONS =
            LenientJsonReader.of(ModuleVersionDto.PageDto.class);

    /** A page of the devices of a product. */
    record DevicePage(ProductId product, ListPosition position, int pageSize) {}

    /** A page, and the platform's position of the next one. */
    record DeviceList(VendorPage<Device> page, Option<String> nextToken) {}

    /** A page of the versions of a device. */
    record VersionPage(ProductId product, DeviceId device, NumberedPageCursor cursor) {}

    final Operation<DevicePage, DeviceList> listDevices;
    final Operation<DevicePage, Long> countDevices;
    final Operation<VersionPage, VendorPage<ReportedVersion>> listVersions;

    public DeviceOperations(DeviceApi api, AliyunSettings settings) {
        @Nullable String instance = settings.instanceId().getOrNull();
        Dialect.Rules rules = settings.dialect().rules();

        listDevices = devices(api, instance)
                .json(
                        DEVICES,
                        (input, dto) -> DeviceMapping.toDevices(dto)
                                .flatMap(devices -> DeviceMapping.requireProduct(input.product(), devices))
                                .flatMap(devices -> NumberedPages.toPage(
                                        dto, input.position().cursor(), devices, PAGE_SIZE))
                                .map(page -> new DeviceList(
                                        page, Option.of(dto.nextToken()).filter(text -> !text.isBlank()))));

        countDevices = devices(api, instance)
                .json(DEVICES, (input, dto) -> dto.announcedTotal().toEither("member Total is missing"));

        listVersions = Operation.<VersionPage>read("ListOTAModuleVersionsByDevice")
                .subject(input -> Message.of("{0}", DeviceRef.of(input.product(), input.device())))
                .valid(rules.deviceName(), input -> input.device().value())
                .request(input -> api.listOtaModuleVersionsByDevice(
                        instance,
                        input.product().value(),
                        input.device().value(),
                        input.cursor().number(),
                        VERSION_PAGE_SIZE))
                .json(
                        VERSIONS,
                        (input, dto) -> DeviceMapping.toVersions(dto)
                                .flatMap(versions -> DeviceMapping.requireDevice(input, versions))
                                .flatMap(versions ->
                                        NumberedPages.toPage(dto, input.cursor(), versions, VERSION_PAGE_SIZE)));
    }

    private static Operation.Builder<DevicePage> devices(DeviceApi api, @Nullable String instance) {
        return Operation.<DevicePage>read("QueryDevice")
                .subject(input -> Message.of(
                        "devices of product {0} (page {1})",
                        input.product(), input.position().cursor().number()))
                .inBulk(input -> input.position().cursor().number() > 1)
                .hidingResponse()
                .request(input -> api.queryDevice(
                        instance,
                        input.product().value(),
                        input.position().cursor().number(),
                        input.pageSize(),
                        input.position().nextToken().getOrNull()));
    }
}
