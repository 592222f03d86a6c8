package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.otabridge.contracts.DownloadContract;
import io.otabridge.contracts.FirmwareCommandContract;
import io.otabridge.contracts.FirmwareFixture;
import io.otabridge.contracts.FirmwareSearchContract;
import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.PublishContract;
import io.otabridge.contracts.ResourceListContract;
import io.otabridge.contracts.job.VendorOperationsContract;
import io.otabridge.contracts.wire.LostResponse;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.ProductSummary;
import io.otabridge.simulators.aliyun.store.AliyunDeviceGroup;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.otabridge.simulators.aliyun.store.AliyunProduct;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Instant;

/** Hooks of the contracts that need a stateful vendor. */
interface SimulatorContractHooks
        extends JobContractHooks,
                VendorOperationsContract,
                FirmwareSearchContract,
                FirmwareCommandContract,
                PublishContract,
                DownloadContract,
                ModuleCommandContract,
                ResourceListContract {

    String PRODUCT = "a1CntrPrdct";

    /** The OTA operations in the documents of Tuya. */
    List<String> TUYA_OPERATIONS = List.of(
            "CreateOTAModule",
            "UpdateOTAModule",
            "DeleteOTAModule",
            "ListOTAModuleByProduct",
            "ListOTAModuleVersionsByDevice",
            "GenerateOTAUploadURL",
            "CreateOTAFirmware",
            "QueryOTAFirmware",
            "ListOTAFirmware",
            "DeleteOTAFirmware",
            "ModifyOTAFirmware",
            "CreateOTAVerifyJob",
            "CreateOTAStaticUpgradeJob",
            "QueryOTAJob",
            "ListOTAJobByFirmware",
            "ListOTAJobByDevice",
            "CancelOTATaskByJob",
            "CancelOTATaskByDevice",
            "ListOTATaskByJob",
            "ListOTAUnfinishedTaskByDevice",
            "ConfirmOTATask");

    /** The further OTA operations in the documents of Alibaba Cloud. */
    List<String> CLOUD_OPERATIONS = List.of(
            "GenerateDeviceNameListURL",
            "CreateOTADynamicUpgradeJob",
            "UpdateOTAJob",
            "CancelOTAStrategyByJob",
            "ReupgradeOTATask");

    @Override
    default List<String> receivedOperations() {
        return List.ofAll(proxy().getAllServeEvents())
                .map(event -> operationOf(event.getRequest()))
                .distinct();
    }

    private static String operationOf(LoggedRequest request) {
        return request.containsHeader("x-acs-action")
                ? request.getHeader("x-acs-action")
                : request.queryParameter("Action").firstValue();
    }

    @Override
    default void givenLostResponse() {
        LostResponse.toNext(
                proxy().getRuntimeInfo().getWireMock(), changes(), simulator().endpoint());
    }

    @Override
    default void beforeNextDeletion(Runnable action) {
        simulator().beforeNextDeletion(action);
    }

    @Override
    default ProductId givenProductWithoutFirmware() {
        addModule("MCU");
        addModule("modem");
        return ProductId.of(PRODUCT);
    }

    @Override
    default ProductId givenProduct() {
        addModule("default");
        addModule("modem");
        return ProductId.of(PRODUCT);
    }

    private void addModule(String name) {
        simulator().addModule(new AliyunModule(PRODUCT, name, name, "", "2026-01-01T08:00Z", "2026-01-02T08:00Z"));
    }

    @Override
    default List<FirmwareId> givenFirmware(List<FirmwareFixture> fixtures) {
        return fixtures.map(fixture -> add(AliyunFirmware.builder(
                        nextId(),
                        fixture.coordinates().product().value(),
                        fixture.coordinates().version().value())
                .moduleName(
                        fixture.coordinates().target() instanceof FirmwareTarget.Module module
                                ? module.name().value()
                                : "default")
                .status(fixture.verified() ? 1 : 0, 0)
                .times(
                        fixture.created().toString().replace("Z", ".000Z"),
                        fixture.created().toString().replace("Z", ".000Z"))));
    }

    @Override
    default boolean givenSparseDetails(Firmware firmware) {
        String body = "{\"Success\":true,\"FirmwareInfo\":{\"FirmwareId\":\"%s\",\"DestVersion\":\"%s\"}}"
                .formatted(firmware.id(), firmware.version());
        proxy().stubFor(details().atPriority(1).willReturn(okJson(spelling().apply(body))));
        return true;
    }

    @Override
    default FirmwareId givenFirmwareToDelete() {
        return add(AliyunFirmware.builder(nextId(), PRODUCT, "1.0.0"));
    }

    @Override
    default ProductId givenProductToPublish() {
        addModule("default");
        addModule("MCU");
        return ProductId.of(PRODUCT);
    }

    @Override
    default void givenLostCreationResponse() {
        givenLostResponse();
    }

    @Override
    default int changesSent() {
        return proxy().findAll(RequestPatternBuilder.like(changes().build().getRequest()))
                        .size()
                + (int) simulator().objectStore().requestCount();
    }

    @Override
    default FileLocation.ObjectStore givenObject(byte[] bytes) {
        throw new UnsupportedOperationException("the platform has its own object store");
    }

    @Override
    default UnfinishedUpload givenUnfinishedUpload() {
        throw new UnsupportedOperationException("an upload cannot be continued");
    }

    @Override
    default FirmwareId givenNoFirmware() {
        return FirmwareId.of("404404404");
    }

    @Override
    default List<NewFirmware> invalidFirmware(ProductId product) {
        return List.of(
                PublishContract.firmware(product, "v".repeat(65)).build(),
                PublishContract.firmware(product, "1.0.0").name("a.b").build(),
                PublishContract.firmware(product, "1.0.0")
                        .description("d".repeat(101))
                        .build(),
                PublishContract.firmware(product, "1.0.0")
                        .customInfo("u".repeat(4097))
                        .build(),
                NewFirmware.full(FirmwareCoordinates.of(product, ModuleName.of("default"), FirmwareVersion.of("1.0.0")))
                        .build());
    }

    @Override
    default FirmwareId givenFirmwareWithFiles(Map<String, byte[]> files) {
        List<AliyunFirmware.MultiFile> stored = files.toList().map(file -> store(file._1(), file._2()));
        AliyunFirmware.MultiFile first = stored.head();
        AliyunFirmware.Builder firmware = AliyunFirmware.builder(nextId(), PRODUCT, "1.0.0");
        AliyunFirmware added = stored.size() == 1
                ? firmware.file(first.url(), first.size(), first.signValue()).build()
                : firmware.multiFiles(stored.asJava()).build();
        simulator().addFirmware(added);
        return FirmwareId.of(added.firmwareId());
    }

    private AliyunFirmware.MultiFile store(String name, byte[] bytes) {
        String key = "ota/" + nextId() + "/" + name;
        String md5 = Artifact.of(name, bytes).md5().value();
        simulator().objectStore().put(key, bytes);
        return new AliyunFirmware.MultiFile(
                name, bytes.length, simulator().objectStore().url(key), md5, md5);
    }

    @Override
    default void givenOtherBytes(FirmwareId id, byte[] bytes) {
        String url = simulator().findFirmware(id.value()).get().firmwareUrl();
        simulator().objectStore().put(simulator().objectStore().keyAt(url).get(), bytes);
    }

    /** The platform stores size and digest of each file. */
    @Override
    default Option<FirmwareId> givenFirmwareWithoutDigest(byte[] bytes) {
        return Option.none();
    }

    @Override
    default boolean givenInterruptedDownload(int bytes) {
        simulator().objectStore().cutNextDownload(bytes);
        return true;
    }

    /** Ids are numbers, which all platforms with this protocol accept. */
    private String nextId() {
        return String.valueOf(700_000 + simulator().firmware().size());
    }

    private FirmwareId add(AliyunFirmware.Builder firmware) {
        AliyunFirmware stored = firmware.file("https://oss.example/f.bin?Expires=1893456000", 924, "3d04ab64")
                .build();
        simulator().addFirmware(stored);
        return FirmwareId.of(stored.firmwareId());
    }

    @Override
    default List<NewModule> invalidModules() {
        NewModule valid = NewModule.named(ProductId.of(PRODUCT), ModuleName.of("Radio"));
        return List.of(
                NewModule.named(valid.product(), ModuleName.of("扫码枪")),
                NewModule.named(valid.product(), ModuleName.of("two words")),
                NewModule.named(valid.product(), ModuleName.of("m".repeat(65))),
                valid.alias("a".repeat(65)),
                valid.description("d".repeat(101)));
    }

    @Override
    default List<ProductSummary> givenProducts() {
        for (int i = 0; i < 205; i++) {
            simulator().addProduct(new AliyunProduct("a" + i, "Meter " + i, "", i, 1_700_000_000_000L + i));
        }
        return List.ofAll(simulator().products()).map(SimulatorContractHooks::toSummary);
    }

    private static ProductSummary toSummary(AliyunProduct stored) {
        ProductSummary.Builder product = ProductSummary.builder(
                        Product.of(ProductId.of(stored.productKey()), stored.productName()))
                .deviceCount(stored.deviceCount())
                .created(VendorTimestamp.of(
                        String.valueOf(stored.gmtCreate()), Instant.ofEpochMilli(stored.gmtCreate())));
        return stored.description().isEmpty()
                ? product.build()
                : product.description(stored.description()).build();
    }

    @Override
    default List<DeviceGroup> givenDeviceGroups() {
        for (int i = 0; i < 205; i++) {
            simulator()
                    .addDeviceGroup(new AliyunDeviceGroup(
                            "g" + i,
                            "Group " + i,
                            "group " + i,
                            "2026-01-01T08:%02d:%02d.000Z".formatted(i / 60, i % 60)));
        }
        return List.ofAll(simulator().deviceGroups()).map(SimulatorContractHooks::toGroup);
    }

    private static DeviceGroup toGroup(AliyunDeviceGroup stored) {
        DeviceGroup.Builder group = DeviceGroup.builder(DeviceGroupId.of(stored.groupId()))
                .name(stored.groupName())
                .created(VendorTimestamp.of(stored.utcCreate(), Instant.parse(stored.utcCreate())));
        return stored.groupDesc().isEmpty()
                ? group.build()
                : group.description(stored.groupDesc()).build();
    }

    /** The second page and the page after it are empty. */
    @Override
    default void givenIncompleteLists(Resource resource, int listings) {
        boolean isProducts = resource == Resource.PRODUCTS;
        int total = (isProducts ? simulator().products() : simulator().deviceGroups()).size();
        String counters = "\"Total\":" + total + ",\"PageCount\":2";
        String body = isProducts
                ? "{\"Success\":true,\"Data\":{" + counters + ",\"List\":{}}}"
                : "{\"Success\":true," + counters + ",\"Data\":{}}";
        for (String page : new String[] {"2", "3"}) {
            proxy().stubFor(any(anyUrl())
                    .withQueryParam("CurrentPage", equalTo(page))
                    .inScenario("short")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willSetStateTo(listings == 1 && page.equals("3") ? "whole" : Scenario.STARTED)
                    .willReturn(okJson(spelling().apply(body))));
        }
    }
}
