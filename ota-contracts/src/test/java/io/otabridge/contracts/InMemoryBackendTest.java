package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.job.JobContract;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.scenario.ResponseVariation;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.ProductSummary;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@DecodersTestedElsewhere("it decodes nothing")
public class InMemoryBackendTest
        implements DiagnosisContract,
                FirmwareQueryContract,
                FirmwareSearchContract,
                FirmwareCommandContract,
                PublishContract,
                DownloadContract,
                ModuleQueryContract,
                ModuleCommandContract,
                ResourceListContract,
                JobContract {

    private final InMemoryBackend backend = open();
    private int lastFixture;

    InMemoryBackend open() {
        return InMemoryBackend.named("shelf");
    }

    /** Returns what the backend reports of a package that was added. */
    Firmware reported(Firmware added) {
        return added;
    }

    @Test
    void rejects_a_page_token_of_another_list() {
        PageToken foreign = new PageToken("firmwarePackage:ffff");

        assertThat(backend.firmware().list(FirmwareFilter.all()).page(foreign).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(backend.modules().list(ProductId.of("many")).page(foreign).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public Firmware givenFirmware() {
        Firmware added = Firmware.builder(FirmwareId.of("f1"), FirmwareVersion.of("1.0"))
                .name("first")
                .kind(UpdateKind.full())
                .build();
        backend.add(added);
        return reported(added);
    }

    @Override
    public Option<Firmware> givenFirmware(ResponseVariation variation) {
        Firmware added = Firmware.builder(FirmwareId.of("f2"), FirmwareVersion.of("2.0"))
                .verification(Verification.unknown(variation.name()))
                .build();
        backend.add(added);
        return Option.some(reported(added));
    }

    @Override
    public io.vavr.collection.List<FirmwareSummary> givenFirmwareList() {
        io.vavr.collection.List<Firmware> added = io.vavr.collection.List.range(0, 5)
                .map(i -> Firmware.builder(FirmwareId.of("f" + i), FirmwareVersion.of("1." + i))
                        .target(FirmwareTarget.wholeDevice())
                        .build());
        added.reverse().forEach(backend::add);
        return added.map(this::reported).map(FirmwareSummary::of);
    }

    @Override
    public boolean givenIncompleteFirmwareLists(int listings) {
        backend.cutNextLists(listings);
        return true;
    }

    @Override
    public boolean givenIncompleteModuleLists(int listings) {
        backend.cutNextLists(listings);
        return true;
    }

    @Override
    public io.vavr.collection.List<ProductSummary> givenProducts() {
        io.vavr.collection.List<ProductSummary> added = io.vavr.collection.List.range(0, 5)
                .map(i -> ProductSummary.builder(Product.of(ProductId.of("p" + i), "Meter " + i))
                        .build());
        added.reverse().forEach(backend::add);
        return added;
    }

    @Override
    public io.vavr.collection.List<DeviceGroup> givenDeviceGroups() {
        io.vavr.collection.List<DeviceGroup> added = io.vavr.collection.List.range(0, 5)
                .map(i -> DeviceGroup.builder(DeviceGroupId.of("g" + i)).build());
        added.reverse().forEach(backend::add);
        return added;
    }

    @Override
    public void givenIncompleteLists(Resource resource, int listings) {
        backend.cutNextLists(listings);
    }

    @Override
    public FirmwareId givenNoFirmware() {
        return FirmwareId.of("unknown");
    }

    @Override
    public Option<FirmwareId> invalidFirmwareId() {
        return Option.none();
    }

    @Override
    public OtaModule givenModule() {
        OtaModule added = new OtaModule(
                Option.some(ModuleId.of("m1")),
                new Product(ProductId.of("p1"), Option.some("Thermometer")),
                ModuleName.of("MCU"),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.some(new VendorTimestamp("now", Option.some(Instant.EPOCH))),
                Option.none());
        backend.add(added);
        return added;
    }

    @Override
    public Option<OtaModule> givenModule(ResponseVariation variation) {
        return Option.some(givenModule());
    }

    @Override
    public io.vavr.collection.List<OtaModule> givenModules() {
        io.vavr.collection.List<OtaModule> added = io.vavr.collection.List.range(0, 5)
                .map(i -> new OtaModule(
                        Option.none(),
                        Product.of(ProductId.of("many")),
                        ModuleName.of("M" + i),
                        Option.none(),
                        Option.none(),
                        Option.none(),
                        Option.none(),
                        Option.none()));
        added.forEach(backend::add);
        return added;
    }

    @Override
    public boolean supportsModulePages() {
        return true;
    }

    @Override
    public void givenNoModule() {
        // The backend starts without modules.
    }

    @Override
    public List<ModuleRef> invalidModuleRefs() {
        return List.of();
    }

    @Override
    public void givenFailure(FailureScenario scenario) {
        backend.failWith(origin -> failure(origin, scenario, scenario.expected()));
    }

    @Override
    public void givenFailureOnChanges(FailureScenario scenario) {
        backend.failChangesWith(origin -> failure(origin, scenario, scenario.expectedForChange()));
    }

    @Override
    public void givenLostResponse() {
        backend.loseNextResponse();
    }

    @Override
    public void beforeNextDeletion(Runnable action) {
        backend.beforeNextDeletion(action);
    }

    @Override
    public ProductId givenProduct() {
        givenModule("modem");
        return ProductId.of("existing");
    }

    private void givenModule(String name) {
        backend.add(NewModule.named(ProductId.of("existing"), ModuleName.of(name)).toModule().toBuilder()
                .id(ModuleId.of("existing-" + name))
                .build());
    }

    @Override
    public io.vavr.collection.List<NewModule> invalidModules() {
        return io.vavr.collection.List.empty();
    }

    @Override
    public FirmwareId givenFirmwareToDelete() {
        return givenFirmware(io.vavr.collection.List.of(new FirmwareFixture(
                        FirmwareCoordinates.wholeDevice(ProductId.of("existing"), FirmwareVersion.of("1.0.0")),
                        Instant.EPOCH,
                        true)))
                .head();
    }

    @Override
    public ProductId givenProductToPublish() {
        return ProductId.of("published");
    }

    @Override
    public void givenLostCreationResponse() {
        backend.loseNextResponse();
    }

    @Override
    public int changesSent() {
        return backend.changes();
    }

    @Override
    public FileLocation.ObjectStore givenObject(byte[] bytes) {
        String key = "object-" + ++lastFixture;
        backend.putObject("images", key, bytes);
        return new FileLocation.ObjectStore(Option.none(), Option.some("images"), Option.some(key));
    }

    @Override
    public UnfinishedUpload givenUnfinishedUpload() {
        FileLocation.ObjectStore location =
                new FileLocation.ObjectStore(Option.none(), Option.some("images"), Option.some("large.bin"));
        UnfinishedUpload upload = new UnfinishedUpload("u1", location, Option.some(Instant.EPOCH));
        backend.add(upload);
        return upload;
    }

    @Override
    public io.vavr.collection.List<NewFirmware> invalidFirmware(ProductId product) {
        return io.vavr.collection.List.empty();
    }

    @Override
    public FirmwareId givenFirmwareWithFiles(Map<String, byte[]> files) {
        NewFirmware firmware = NewFirmware.full(FirmwareCoordinates.wholeDevice(
                        ProductId.of("files"), FirmwareVersion.of("1." + ++lastFixture)))
                .build();
        return backend.firmwareCommands()
                .publish(firmware, files.toList().map(file -> Artifact.of(file._1, file._2)), TransferListener.NONE)
                .get()
                .firmware()
                .get()
                .id();
    }

    @Override
    public void givenOtherBytes(FirmwareId id, byte[] bytes) {
        backend.putObject(
                backend.firmware().find(id).get().files().head().location().get(), bytes);
    }

    @Override
    public Option<FirmwareId> givenFirmwareWithoutDigest(byte[] bytes) {
        FirmwareFile file = FirmwareFile.builder().location(givenObject(bytes)).build();
        Firmware added = Firmware.builder(FirmwareId.of("without-digest"), FirmwareVersion.of("1.0"))
                .files(io.vavr.collection.List.of(file))
                .build();
        backend.add(added);
        return Option.some(added.id());
    }

    @Override
    public boolean givenInterruptedDownload(int bytes) {
        backend.cutNextDownload(bytes);
        return true;
    }

    @Override
    public ProductId givenProductWithoutFirmware() {
        return ProductId.of("searched");
    }

    @Override
    public io.vavr.collection.List<FirmwareId> givenFirmware(io.vavr.collection.List<FirmwareFixture> fixtures) {
        return fixtures.map(this::add);
    }

    private FirmwareId add(FirmwareFixture fixture) {
        FirmwareId id = FirmwareId.of("seed-" + ++lastFixture);
        FirmwareCoordinates coordinates = fixture.coordinates();
        backend.add(Firmware.builder(id, coordinates.version())
                .product(Product.of(coordinates.product()))
                .target(coordinates.target())
                .kind(UpdateKind.full())
                .verification(fixture.verified() ? Verification.verified() : Verification.unverified())
                .files(io.vavr.collection.List.of(new FirmwareFile(
                        Option.none(), Option.some(924L), io.vavr.collection.List.empty(), Option.none())))
                .created(VendorTimestamp.of(fixture.created().toString(), fixture.created()))
                .build());
        return id;
    }

    @Override
    public ProductId deviceProduct() {
        return ProductId.of("lamps");
    }

    @Override
    public DeviceRef addDevice(String id, InstalledVersion... versions) {
        Device added = Device.builder(DeviceId.of(id))
                .product(deviceProduct())
                .status(Reported.of(DeviceStatus.ONLINE))
                .versions(io.vavr.collection.List.of(versions))
                .build();
        backend.add(added);
        return added.toRef();
    }

    @Override
    public io.vavr.collection.List<DeviceRef> givenDevices() {
        return io.vavr.collection.List.range(0, 5).map(i -> addDevice("d" + i));
    }

    @Override
    public boolean givenDeviceStatus(DeviceRef device, String raw) {
        backend.add(Device.builder(device.id())
                .product(deviceProduct())
                .status(new Reported<>(DeviceStatus.UNKNOWN, raw))
                .build());
        return true;
    }

    @Override
    public boolean givenDeviceName(DeviceRef device, String name) {
        backend.add(
                Device.builder(device.id()).product(deviceProduct()).name(name).build());
        return true;
    }

    @Override
    public void givenIncompleteDeviceLists(int listings) {
        backend.cutNextLists(listings);
    }

    @Override
    public io.vavr.collection.List<DeviceRef> invalidDeviceRefs() {
        return io.vavr.collection.List.empty();
    }

    @Override
    public io.vavr.collection.List<String> deviceSecrets() {
        return io.vavr.collection.List.empty();
    }

    @Override
    public FirmwareId addFirmware(String version, boolean isVerified) {
        Firmware added = Firmware.builder(FirmwareId.of("lamp-" + version), FirmwareVersion.of(version))
                .product(Product.of(deviceProduct()))
                .target(FirmwareTarget.wholeDevice())
                .verification(isVerified ? Verification.verified() : Verification.unverified())
                .build();
        backend.add(added);
        return added.id();
    }

    @Override
    public FirmwareId noFirmware() {
        return FirmwareId.of("unknown");
    }

    @Override
    public long jobsAtVendor() {
        return backend.jobs().list(JobFilter.all()).stream().count();
    }

    @Override
    public void loseNextJobResponse() {
        backend.loseNextResponse();
    }

    @Override
    public void dropNextJobCreation() {
        backend.dropNextChange();
    }

    @Override
    public Option<Integer> maxDevicesOfJob() {
        backend.limitJobDevices(3);
        return Option.some(3);
    }

    @Override
    public io.vavr.collection.List<JobRequest> invalidJobs(FirmwareId firmware, DeviceId device) {
        return io.vavr.collection.List.of(JobRequest.upgrade(firmware, JobTargets.devices(List.of(DeviceId.of("none"))))
                .build());
    }

    @Override
    public void letDevicesBegin() {
        backend.letDevicesWork();
        backend.letDevicesWork();
    }

    @Override
    public void letDevicesFinish() {
        while (backend.letDevicesWork()) {
            // The next step.
        }
    }

    @Override
    public void failDevice(DeviceId device) {
        backend.failTasksOf(device, new TaskFailure(FailureReason.INSTALLATION, Option.none(), Option.none()));
    }

    @Override
    public void repairDevice(DeviceId device) {
        backend.repair(device);
    }

    @Override
    public boolean givenJobState(JobId job, String raw) {
        return false;
    }

    @Override
    public boolean givenTaskState(JobId job, DeviceId device, String raw) {
        return false;
    }

    /** Its jobs have neither a name nor a message. */
    @Override
    public boolean givenJobTexts(JobId job, String name, String message) {
        return false;
    }

    @Override
    public boolean givenFailedTask(JobId job, DeviceId device, String message) {
        return false;
    }

    @Override
    public boolean beforeNextCancellation(Runnable action) {
        backend.beforeNextCancellation(action);
        return true;
    }

    @Override
    public DeviceGroupId addDeviceGroup(io.vavr.collection.List<DeviceId> members) {
        DeviceGroupId id = DeviceGroupId.of("lamps");
        backend.addToGroup(id, members.toJavaArray(DeviceId[]::new));
        return id;
    }

    @Override
    public JobId noJob() {
        return JobId.of("unknown");
    }

    @Override
    public int requestsSent() {
        return 0;
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    private static OtaFailure failure(
            OperationContext origin, FailureScenario scenario, Class<? extends OtaFailure> kind) {
        FailureDetails plain = FailureDetails.of(origin, "The simulated failure is " + scenario, "Call recover()");
        FailureDetails details = scenario.isRetryable() ? plain.withRetry(Option.none()) : plain;
        return switch (kind.getSimpleName()) {
            case "AccessDenied" -> new OtaFailure.AccessDenied(details);
            case "Rejected" -> new OtaFailure.Rejected(details);
            case "RateLimited" -> new OtaFailure.RateLimited(details);
            case "Unavailable" -> new OtaFailure.Unavailable(details);
            case "DeadlineExceeded" -> new OtaFailure.DeadlineExceeded(details);
            case "OutcomeUnknown" -> new OtaFailure.OutcomeUnknown(details, Option.none());
            default -> new OtaFailure.UnreadableResponse(details);
        };
    }
}
