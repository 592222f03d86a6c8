package io.otabridge.app.cache;

import io.otabridge.contracts.DecodersTestedElsewhere;
import io.otabridge.contracts.DiagnosisContract;
import io.otabridge.contracts.FirmwareCommandContract;
import io.otabridge.contracts.FirmwareFixture;
import io.otabridge.contracts.FirmwareQueryContract;
import io.otabridge.contracts.FirmwareSearchContract;
import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.ModuleQueryContract;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.scenario.ResponseVariation;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;

/**
 * A backend with a cache that caches everything for hours, including stale entries, satisfies the contract of every
 * backend.
 */
@DecodersTestedElsewhere("it decodes nothing")
class CachingBackendContractTest
        implements DiagnosisContract,
                FirmwareQueryContract,
                FirmwareSearchContract,
                FirmwareCommandContract,
                ModuleQueryContract,
                ModuleCommandContract {

    private static final Option<Duration> HOURS = Option.some(Duration.ofHours(9));
    private static final ProductId PRODUCT = ProductId.of("p1");

    private final InMemoryBackend vendor = InMemoryBackend.named("shelf");
    private final Backend backend =
            CachingBackend.of(vendor, new CacheSettings(HOURS, HOURS, HOURS.get(), 100), BackendContext.system());
    private int seeds;

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public Firmware givenFirmware() {
        return add(Firmware.builder(FirmwareId.of("f1"), FirmwareVersion.of("1.0"))
                .kind(UpdateKind.full())
                .build());
    }

    @Override
    public Option<Firmware> givenFirmware(ResponseVariation quirk) {
        return Option.none();
    }

    @Override
    public boolean givenIncompleteFirmwareLists(int listings) {
        vendor.cutNextLists(listings);
        return true;
    }

    @Override
    public boolean givenIncompleteModuleLists(int listings) {
        vendor.cutNextLists(listings);
        return true;
    }

    @Override
    public FirmwareId givenNoFirmware() {
        return FirmwareId.of("missing");
    }

    @Override
    public List<FirmwareSummary> givenFirmwareList() {
        return List.range(0, 5)
                .map(i -> add(Firmware.builder(FirmwareId.of("f" + i), FirmwareVersion.of("1." + i))
                        .target(FirmwareTarget.wholeDevice())
                        .build()))
                .map(FirmwareSummary::of);
    }

    @Override
    public ProductId givenProductWithoutFirmware() {
        return PRODUCT;
    }

    @Override
    public List<FirmwareId> givenFirmware(List<FirmwareFixture> wanted) {
        return wanted.map(this::add);
    }

    private FirmwareId add(FirmwareFixture seed) {
        FirmwareCoordinates at = seed.coordinates();
        return add(Firmware.builder(FirmwareId.of("seed-" + ++seeds), at.version())
                        .product(Product.of(at.product()))
                        .target(at.target())
                        .kind(UpdateKind.full())
                        .verification(seed.verified() ? Verification.verified() : Verification.unverified())
                        .files(List.of(new FirmwareFile(Option.none(), Option.some(924L), List.empty(), Option.none())))
                        .created(VendorTimestamp.of("then", seed.created()))
                        .build())
                .id();
    }

    private Firmware add(Firmware firmware) {
        vendor.add(firmware);
        return firmware;
    }

    @Override
    public FirmwareId givenFirmwareToDelete() {
        return add(new FirmwareFixture(
                FirmwareCoordinates.wholeDevice(PRODUCT, FirmwareVersion.of("1.0.0")), Instant.EPOCH, true));
    }

    @Override
    public Option<FirmwareId> invalidFirmwareId() {
        return Option.none();
    }

    @Override
    public OtaModule givenModule() {
        return add("MCU");
    }

    private OtaModule add(String name) {
        OtaModule module = new OtaModule(
                Option.some(ModuleId.of("id-of-" + name)),
                Product.of(PRODUCT),
                ModuleName.of(name),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none());
        vendor.add(module);
        return module;
    }

    @Override
    public Option<OtaModule> givenModule(ResponseVariation quirk) {
        return Option.none();
    }

    @Override
    public void givenNoModule() {
        // The backend is empty.
    }

    @Override
    public List<OtaModule> givenModules() {
        return List.of("M1", "M2", "M3", "M4").map(this::add);
    }

    @Override
    public boolean supportsModulePages() {
        return true;
    }

    @Override
    public java.util.List<ModuleRef> invalidModuleRefs() {
        return java.util.List.of();
    }

    @Override
    public ProductId givenProduct() {
        add("modem");
        return PRODUCT;
    }

    @Override
    public List<NewModule> invalidModules() {
        return List.empty();
    }

    @Override
    public void givenLostResponse() {
        vendor.loseNextResponse();
    }

    @Override
    public void beforeNextDeletion(Runnable action) {
        vendor.beforeNextDeletion(action);
    }

    @Override
    public void givenFailure(FailureScenario scenario) {
        vendor.failWith(origin -> failure(origin, scenario, scenario.expected()));
    }

    @Override
    public void givenFailureOnChanges(FailureScenario scenario) {
        vendor.failChangesWith(origin -> failure(origin, scenario, scenario.expectedForChange()));
    }

    @Override
    public int requestsSent() {
        return 0;
    }

    @Override
    public java.util.List<String> secrets() {
        return java.util.List.of();
    }

    private static OtaFailure failure(
            OperationContext origin, FailureScenario scenario, Class<? extends OtaFailure> kind) {
        FailureDetails plain = FailureDetails.of(origin, "It has failed: " + scenario, "Wait for it to recover");
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
