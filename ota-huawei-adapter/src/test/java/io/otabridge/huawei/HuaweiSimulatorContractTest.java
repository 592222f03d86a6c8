package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.contracts.DiagnosisContract;
import io.otabridge.contracts.DownloadContract;
import io.otabridge.contracts.FirmwareCommandContract;
import io.otabridge.contracts.FirmwareFixture;
import io.otabridge.contracts.FirmwareSearchContract;
import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.PublishContract;
import io.otabridge.contracts.ResourceListContract;
import io.otabridge.contracts.job.VendorOperationsContract;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.wire.LostResponse;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.domain.observation.ChangeEvent;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.ProductSummary;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.huawei.obs.ObsForm;
import io.otabridge.huawei.obs.ObsSigner;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.store.HuaweiDeviceGroup;
import io.otabridge.simulators.huawei.store.HuaweiModule;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiProduct;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contracts against a stateful simulator, behind a proxy that can inject failures. */
class HuaweiSimulatorContractTest
        implements DiagnosisContract,
                FirmwareSearchContract,
                FirmwareCommandContract,
                PublishContract,
                DownloadContract,
                ModuleCommandContract,
                ResourceListContract,
                VendorOperationsContract,
                JobContractHooks {

    private static final int MAX_BYTES = 100_000;
    private static final String PRODUCT = "p-contract";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The operations for OTA and devices in the vendor's documents. */
    private static final List<String> OPERATIONS = List.of(
            "CreateOtaModule",
            "ListOtaModules",
            "ShowOtaModule",
            "UpdateOtaModule",
            "DeleteOtaModule",
            "CreateOtaPackage",
            "ListOtaPackageInfo",
            "ShowOtaPackage",
            "DeleteOtaPackage",
            "CreateBatchTask",
            "ListBatchTasks",
            "ShowBatchTask",
            "StopBatchTask",
            "RetryBatchTask",
            "ConfirmBatchTask",
            "DeleteBatchTask",
            "ShowDevice",
            "ListDevices",
            "SearchDevices");

    @RegisterExtension
    static final WireMockExtension PROXY = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig()
                    .dynamicPort()
                    .preserveHostHeader(true)
                    .extensions(new LostResponse()))
            .build();

    private HuaweiSimulator simulator;
    private Backend backend;
    private int initialJobs;
    private int packages;
    private int objects;
    private final AtomicInteger storeChanges = new AtomicInteger();
    private final Set<String> received = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void open() {
        simulator = HuaweiSimulator.start();
        initialJobs = simulator.jobs().size();
        PROXY.stubFor(any(anyUrl())
                .atPriority(10)
                .willReturn(aResponse().proxiedFrom(simulator.endpoint().toString())));
        Map<String, Object> settings = HuaweiFixture.settings(simulator, new HashMap<>());
        settings.putAll(Map.of(
                "endpoint",
                PROXY.baseUrl(),
                "pacing",
                "off",
                "retries",
                1,
                "circuit-breaker",
                "off",
                "max-response-bytes",
                MAX_BYTES));
        settings.put(
                "obs",
                Map.of(
                        "bucket",
                        simulator.objectStore().bucket(),
                        "region",
                        simulator.region(),
                        "endpoint",
                        simulator.objectStore().endpoint().toString()));
        backend = new HuaweiProvider()
                .open(
                        "prod",
                        SettingsReader.of("backends.prod", settings),
                        BackendContext.system().withResource(BackendObserver.class, new StoreObserver()))
                .get();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Override
    public HuaweiSimulator simulator() {
        return simulator;
    }

    @Override
    public WireMockExtension proxy() {
        return PROXY;
    }

    @Override
    public List<String> vendorOperations() {
        return OPERATIONS;
    }

    @Override
    public List<String> receivedOperations() {
        return List.ofAll(received);
    }

    @Override
    public int initialJobs() {
        return initialJobs;
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public ProductId givenProduct() {
        return givenProductWithModules("modem");
    }

    @Override
    public ProductId givenProductWithoutFirmware() {
        return givenProductWithModules("MCU", "modem");
    }

    private ProductId givenProductWithModules(String... names) {
        for (String name : names) {
            simulator.addModule(new HuaweiModule(
                    "m-" + name, simulator.appId(), PRODUCT, "Contract", name, name, null, "20260101T000000Z"));
        }
        return ProductId.of(PRODUCT);
    }

    @Override
    public List<FirmwareId> givenFirmware(List<FirmwareFixture> fixtures) {
        return fixtures.map(this::added);
    }

    private FirmwareId added(FirmwareFixture fixture) {
        String id = "p-" + ++packages;
        HuaweiPackage.Builder builder = HuaweiPackage.builder(
                        id,
                        fixture.coordinates().product().value(),
                        fixture.coordinates().version().value())
                .createTime(TIME.format(fixture.created()));
        FirmwareTarget target = fixture.coordinates().target();
        if (target instanceof FirmwareTarget.Module module) {
            builder.moduleName(module.name().value());
        } else if (target instanceof FirmwareTarget.Software) {
            builder.packageType("softwarePackage");
        }
        simulator.addPackage(builder.build());
        return FirmwareId.of(id);
    }

    @Override
    public boolean givenSparseDetails(Firmware firmware) {
        PROXY.stubFor(get(urlPathMatching(".*/packages/" + firmware.id()))
                .atPriority(1)
                .willReturn(okJson(
                        "{\"package_id\":\"%s\",\"version\":\"%s\"}".formatted(firmware.id(), firmware.version()))));
        return true;
    }

    @Override
    public List<ProductSummary> givenProducts() {
        for (int i = 0; i < 60; i++) {
            simulator.addProduct(new HuaweiProduct("p-" + i, simulator.appId(), "Meter " + i, "Meter", null, null));
        }
        return List.ofAll(simulator.products()).map(HuaweiSimulatorContractTest::toSummary);
    }

    private static ProductSummary toSummary(HuaweiProduct stored) {
        ProductSummary.Builder product = ProductSummary.builder(
                        Product.of(ProductId.of(stored.productId()), stored.name()))
                .deviceType(stored.deviceType())
                .resourceSpace(stored.appId());
        Option.of(stored.description()).forEach(product::description);
        Option.of(stored.createTime())
                .map(sent -> VendorTimestamp.of(sent, TIME.parse(sent, Instant::from)))
                .forEach(product::created);
        return product.build();
    }

    @Override
    public List<DeviceGroup> givenDeviceGroups() {
        for (int i = 0; i < 60; i++) {
            simulator.addDeviceGroup(new HuaweiDeviceGroup("a" + i, "Group " + i, null, null));
        }
        return List.ofAll(simulator.deviceGroups()).map(HuaweiSimulatorContractTest::toGroup);
    }

    private static DeviceGroup toGroup(HuaweiDeviceGroup stored) {
        DeviceGroup.Builder group =
                DeviceGroup.builder(DeviceGroupId.of(stored.groupId())).name(stored.name());
        Option.of(stored.description()).forEach(group::description);
        Option.of(stored.superGroupId()).map(DeviceGroupId::of).forEach(group::parent);
        return group.build();
    }

    /** The second page is empty. */
    @Override
    public void givenIncompleteLists(Resource resource, int listings) {
        boolean isProducts = resource == Resource.PRODUCTS;
        int count = (isProducts ? simulator.products() : simulator.deviceGroups()).size();
        PROXY.stubFor(get(urlPathMatching(isProducts ? ".*/products" : ".*/device-group"))
                .withQueryParam("marker", matching(".+"))
                .inScenario("short")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo(listings == 1 ? "whole" : Scenario.STARTED)
                .willReturn(okJson("{\"products\":[],\"device_groups\":[],\"page\":{\"count\":" + count + "}}")));
    }

    @Override
    public FirmwareId givenFirmwareToDelete() {
        String id = "p-" + ++packages;
        simulator.addPackage(HuaweiPackage.builder(id, PRODUCT, "1.0").build());
        return FirmwareId.of(id);
    }

    @Override
    public void givenLostResponse() {
        LostResponse.toNext(
                PROXY.getRuntimeInfo().getWireMock(),
                any(anyUrl())
                        .andMatching(
                                request -> MatchResult.of(!request.getMethod().equals(RequestMethod.GET))),
                simulator.endpoint());
    }

    /** Counts the changes in the object store, which does not receive them through the proxy. */
    private final class StoreObserver implements BackendObserver {

        @Override
        public CallObservation started(OperationContext origin) {
            received.add(origin.operation());
            return CallObservation.NONE;
        }

        @Override
        public void changed(ChangeEvent event) {
            if (!event.origin().operation().contains("Ota")) {
                storeChanges.incrementAndGet();
            }
        }
    }

    @Override
    public ProductId givenProductToPublish() {
        return givenProductWithoutFirmware();
    }

    @Override
    public void givenLostCreationResponse() {
        LostResponse.toNext(PROXY.getRuntimeInfo().getWireMock(), post(anyUrl()), simulator.endpoint());
    }

    @Override
    public int changesSent() {
        long changes = PROXY.getAllServeEvents().stream()
                .filter(event -> !event.getRequest().getMethod().equals(RequestMethod.GET))
                .count();
        return (int) changes + storeChanges.get();
    }

    @Override
    public FileLocation.ObjectStore givenObject(byte[] bytes) {
        String key = "ota/固件 " + ++objects + ".bin";
        simulator.objectStore().put(simulator.objectStore().bucket(), key, bytes);
        return (FileLocation.ObjectStore)
                FileLocation.objectStore(simulator.objectStore().bucket(), key);
    }

    @Override
    public UnfinishedUpload givenUnfinishedUpload() {
        String key = "ota/p/unfinished.bin";
        AccessKey keys = new AccessKey(simulator.accessKey(), Secret.of(simulator.secretKey()), Option.none());
        Request request = new Request.Builder()
                .url(simulator.objectStore().endpoint() + "/"
                        + simulator.objectStore().bucket() + "/" + key + "?uploads")
                .post(RequestBody.create(new byte[0], null))
                .build();
        try (Response response = new OkHttpClient()
                .newCall(new ObsSigner(() -> keys, ObsForm.OBS, Clock.systemUTC()).sign(request))
                .execute()) {
            String id = response.body().string().replaceAll("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
            return new UnfinishedUpload(
                    id,
                    (FileLocation.ObjectStore)
                            FileLocation.objectStore(simulator.objectStore().bucket(), key),
                    Option.none());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public FirmwareId givenNoFirmware() {
        return FirmwareId.of("0".repeat(32));
    }

    @Override
    public List<NewFirmware> invalidFirmware(ProductId product) {
        return List.of(
                PublishContract.firmware(product, "1/0").build(),
                PublishContract.firmware(ProductId.of("p/1"), "1.0").build(),
                PublishContract.firmware(product, "1.0")
                        .description("d".repeat(1025))
                        .build(),
                PublishContract.firmware(product, "1.0")
                        .customInfo("i".repeat(4097))
                        .build(),
                PublishContract.firmware(product, "1.0")
                        .sourceVersion(FirmwareVersion.of("0 9"))
                        .build());
    }

    @Override
    public FirmwareId givenFirmwareWithFiles(io.vavr.collection.Map<String, byte[]> files) {
        byte[] bytes = files.values().head();
        return addedWithFile(bytes, Artifact.of("app.bin", bytes).sha256().value());
    }

    @Override
    public Option<FirmwareId> givenFirmwareWithoutDigest(byte[] bytes) {
        return Option.some(addedWithFile(bytes, null));
    }

    private FirmwareId addedWithFile(byte[] bytes, @Nullable String sign) {
        FileLocation.ObjectStore object = givenObject(bytes);
        String id = "p-" + ++packages;
        simulator.addPackage(HuaweiPackage.builder(id, PRODUCT, "1.0")
                .obsLocation(new HuaweiPackage.ObsLocation(
                        simulator.region(), object.bucket().get(), object.key().get(), null, sign))
                .build());
        return FirmwareId.of(id);
    }

    @Override
    public void givenOtherBytes(FirmwareId id, byte[] bytes) {
        HuaweiPackage.ObsLocation object =
                simulator.findPackage(id.value()).get().obsLocation();
        simulator.objectStore().put(object.bucketName(), object.objectKey(), bytes);
    }

    @Override
    public boolean givenInterruptedDownload(int bytes) {
        simulator.objectStore().cutNextDownload(bytes);
        return true;
    }

    @Override
    public void beforeNextDeletion(Runnable action) {
        simulator.beforeNextDeletion(action);
    }

    @Override
    public Option<FirmwareId> invalidFirmwareId() {
        return Option.some(FirmwareId.of("a_1"));
    }

    @Override
    public List<NewModule> invalidModules() {
        NewModule valid = NewModule.named(ProductId.of(PRODUCT), ModuleName.of("Radio"));
        return List.of(
                NewModule.named(ProductId.of("p/1"), valid.name()),
                NewModule.named(ProductId.of("p".repeat(37)), valid.name()),
                NewModule.named(valid.product(), ModuleName.of("微控制单元")),
                NewModule.named(valid.product(), ModuleName.of("m".repeat(65))),
                valid.alias("a/b"),
                valid.alias("元".repeat(65)),
                valid.description("d".repeat(1025)));
    }

    @Override
    public void givenFailure(FailureScenario scenario) {
        stub(any(anyUrl()), scenario);
    }

    @Override
    public void givenFailureOnChanges(FailureScenario scenario) {
        stub(post(anyUrl()), scenario);
        stub(put(anyUrl()), scenario);
        stub(delete(anyUrl()), scenario);
    }

    private void stub(MappingBuilder requests, FailureScenario scenario) {
        HuaweiFailureStubs.stub(
                PROXY.getRuntimeInfo().getWireMock(), requests, scenario, simulator.accessKey(), MAX_BYTES);
    }

    @Override
    public int requestsSent() {
        return PROXY.getAllServeEvents().size() + (int) simulator.objectStore().requestCount();
    }

    @Override
    public java.util.List<String> secrets() {
        return java.util.List.of(simulator.accessKey(), simulator.secretKey());
    }
}
