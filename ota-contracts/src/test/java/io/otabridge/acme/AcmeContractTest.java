package io.otabridge.acme;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import io.otabridge.contracts.DiagnosisContract;
import io.otabridge.contracts.FirmwareCommandContract;
import io.otabridge.contracts.FirmwareFixture;
import io.otabridge.contracts.FirmwareQueryContract;
import io.otabridge.contracts.FirmwareSearchContract;
import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.ModuleQueryContract;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.scenario.ResponseVariation;
import io.otabridge.contracts.wire.HttpFailureStubs;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs the contracts against the adapter for Acme Shelf. {@link AcmeStore} simulates the vendor. WireMock between the
 * two forwards and counts all requests, and simulates failures.
 */
public class AcmeContractTest
        implements DiagnosisContract,
                FirmwareQueryContract,
                FirmwareSearchContract,
                FirmwareCommandContract,
                ModuleQueryContract,
                ModuleCommandContract {

    private static final String TOKEN = "acme+very/secret=token";
    private static final int MAX_BYTES = 20_000;
    private static final Product PRODUCT = Product.of(ProductId.of("thermo-1"));
    private static final VendorTimestamp ADDED =
            VendorTimestamp.of("2026-03-01T08:00:00Z", Instant.parse("2026-03-01T08:00:00Z"));

    @RegisterExtension
    static final WireMockExtension WIREMOCK = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private AcmeStore shelf;
    private Backend backend;
    private int packages;

    @BeforeEach
    void openBackend() {
        shelf = AcmeStore.open(TOKEN);
        WIREMOCK.stubFor(any(anyUrl()).willReturn(aResponse().proxiedFrom(shelf.endpoint())));
        Map<String, Object> settings = Map.of(
                "endpoint",
                WIREMOCK.baseUrl(),
                "token",
                TOKEN,
                "retries",
                1,
                "circuit-breaker",
                "off",
                "max-response-bytes",
                MAX_BYTES);
        backend = new AcmeProvider()
                .open("prod", SettingsReader.of("backends.prod", settings), BackendContext.system())
                .get();
    }

    @AfterEach
    void closeShelf() {
        shelf.close();
    }

    /** Returns the simulated vendor behind the backend under test. */
    protected AcmeStore shelf() {
        return shelf;
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public int requestsSent() {
        return WIREMOCK.getAllServeEvents().size();
    }

    @Override
    public java.util.List<String> secrets() {
        return java.util.List.of(TOKEN);
    }

    // Failures

    @Override
    public void givenFailure(FailureScenario scenario) {
        stubFailure(scenario, any(anyUrl()));
    }

    @Override
    public void givenFailureOnChanges(FailureScenario scenario) {
        stubFailure(scenario, any(anyUrl()).andMatching(request -> MatchResult.of(isChange(request))));
    }

    private static void stubFailure(FailureScenario scenario, MappingBuilder requests) {
        if (!HttpFailureStubs.stub(
                WIREMOCK.getRuntimeInfo().getWireMock(), requests, scenario, "{\"id\":\"p\"}", MAX_BYTES)) {
            AcmeStore.Response response = errorResponse(scenario);
            WIREMOCK.stubFor(requests.atPriority(1)
                    .willReturn(aResponse().withStatus(response.status()).withBody(response.body())));
        }
    }

    /**
     * Returns the error response of Acme Shelf for a scenario. It contains the token, as error messages of real
     * servers may.
     */
    private static AcmeStore.Response errorResponse(FailureScenario scenario) {
        return switch (scenario) {
            case CREDENTIALS_REJECTED -> AcmeStore.error(401, "unauthorized", "No such token: " + TOKEN);
            case PERMISSION_DENIED -> AcmeStore.error(403, "forbidden", "Not with " + TOKEN);
            case REQUEST_REJECTED -> AcmeStore.error(400, "invalid", "What is this?");
            case WRONG_ADDRESS -> new AcmeStore.Response(404, "<html>Nothing here</html>");
            case THROTTLED -> AcmeStore.error(503, "slow-down", "Too many requests");
            case VENDOR_OUTAGE -> AcmeStore.error(503, "closed", "Back at noon");
            case WRONG_TYPE -> new AcmeStore.Response(200, "{\"id\":{},\"packages\":{},\"modules\":[{\"name\":{}}]}");
            case REQUIRED_MEMBER_MISSING -> new AcmeStore.Response(200, "{\"note\":\"neither id nor name\"}");
            default -> throw new IllegalArgumentException(scenario.name());
        };
    }

    @Override
    public void givenLostResponse() {
        AtomicBoolean isLost = new AtomicBoolean();
        WIREMOCK.stubFor(any(anyUrl())
                .atPriority(1)
                .andMatching(
                        request -> MatchResult.of(isChange(request) && !isLost.getAndSet(true) && execute(request)))
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    }

    @Override
    public void beforeNextDeletion(Runnable action) {
        AtomicBoolean isDone = new AtomicBoolean();
        WIREMOCK.stubFor(any(anyUrl()).atPriority(1).andMatching(request -> {
            if (request.getMethod().equals(RequestMethod.DELETE) && !isDone.getAndSet(true)) {
                action.run();
            }
            return MatchResult.noMatch();
        }));
    }

    private boolean execute(Request change) {
        shelf.handle(
                new ReceivedRequest(change.getMethod().getName(), change.getUrl(), "", Map.of(), change.getBody()));
        return true;
    }

    private static boolean isChange(Request request) {
        return !request.getMethod().equals(RequestMethod.GET);
    }

    // Firmware

    @Override
    public Firmware givenFirmware() {
        shelf.addPackage(fullPackage());
        return full("p-1", "2.1.0").build();
    }

    @Override
    public Option<Firmware> givenFirmware(ResponseVariation variation) {
        ObjectNode stored = fullPackage();
        Firmware.Builder expected = full("p-1", "2.1.0");
        switch (variation) {
            case UNKNOWN_MEMBERS -> stored.put("shelf", 7).putObject("more").put("id", "x");
            case OPTIONAL_MEMBERS_MISSING -> {
                stored.retain("id", "version");
                expected = sparse();
            }
            case OPTIONAL_MEMBERS_NULL -> {
                blank(stored, NullNode.instance, "id", "version");
                expected = sparse();
            }
            case OPTIONAL_TEXTS_EMPTY -> {
                stored.remove("bytes");
                blank(stored, TextNode.valueOf(""), "id", "version");
                expected = sparse();
            }
            case NEW_ENUM_VALUES -> {
                stored.put("kind", "patch");
                expected.kind(UpdateKind.unknown("patch"));
            }
            case UNREADABLE_TIMES -> {
                stored.put("added", "last Tuesday");
                expected.created(VendorTimestamp.unreadable("last Tuesday"));
            }
            case HUGE_FILE -> {
                stored.put("bytes", 5_000_000_000L);
                expected.files(files(5_000_000_000L));
            }
        }
        shelf.addPackage(stored);
        return Option.some(expected.build());
    }

    @Override
    public FirmwareId givenNoFirmware() {
        return FirmwareId.of("unknown");
    }

    @Override
    public boolean givenIncompleteFirmwareLists(int listings) {
        return false;
    }

    @Override
    public boolean givenIncompleteModuleLists(int listings) {
        return false;
    }

    @Override
    public List<FirmwareSummary> givenFirmwareList() {
        // Seven packages are three pages.
        return List.range(0, 7).map(number -> {
            shelf.addPackage(fullPackage().put("id", "list-" + number).put("version", "1." + number));
            return FirmwareSummary.of(full("list-" + number, "1." + number).build());
        });
    }

    @Override
    public Option<FirmwareId> invalidFirmwareId() {
        return Option.some(FirmwareId.of("Under_Score"));
    }

    @Override
    public FirmwareId givenFirmwareToDelete() {
        String id = "old-" + ++packages;
        shelf.addPackage(fullPackage().put("id", id));
        return FirmwareId.of(id);
    }

    @Override
    public ProductId givenProductWithoutFirmware() {
        return givenProduct();
    }

    @Override
    public List<FirmwareId> givenFirmware(List<FirmwareFixture> fixtures) {
        return fixtures.map(fixture -> {
            ObjectNode stored = fullPackage()
                    .put("id", "fixture-" + ++packages)
                    .put("product", fixture.coordinates().product().value())
                    .put("version", fixture.coordinates().version().value())
                    .put("added", fixture.created().toString());
            stored.remove("module");
            if (fixture.coordinates().target() instanceof FirmwareTarget.Module module) {
                stored.put("module", module.name().value());
            }
            shelf.addPackage(stored);
            return FirmwareId.of(stored.path("id").asText());
        });
    }

    private static ObjectNode fullPackage() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "p-1")
                .put("title", "Winter release")
                .put("product", PRODUCT.id().value())
                .put("module", "MCU")
                .put("version", "2.1.0")
                .put("kind", "delta")
                .put("from", "2.0.0")
                .put("bytes", 924)
                .put("sha256", "93230c3bde425a9d")
                .put("url", "https://files.acme.example/p-1?expires=1800000000")
                .put("note", "Better in the cold")
                .put("added", ADDED.text());
    }

    private static Firmware.Builder full(String id, String version) {
        return Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(version))
                .name("Winter release")
                .product(PRODUCT)
                .target(FirmwareTarget.module("MCU"))
                .kind(UpdateKind.delta(FirmwareVersion.of("2.0.0")))
                .verification(Verification.notOffered())
                .files(files(924))
                .description("Better in the cold")
                .created(ADDED);
    }

    private static List<FirmwareFile> files(long bytes) {
        return List.of(new FirmwareFile(
                Option.none(),
                Option.some(bytes),
                List.of(Checksum.of(Checksum.SHA256, "93230c3bde425a9d")),
                Option.some(FileLocation.DownloadLink.of("https://files.acme.example/p-1?expires=1800000000"))));
    }

    private static Firmware.Builder sparse() {
        return Firmware.builder(FirmwareId.of("p-1"), FirmwareVersion.of("2.1.0"))
                .target(FirmwareTarget.wholeDevice())
                .verification(Verification.notOffered());
    }

    // Modules

    @Override
    public OtaModule givenModule() {
        shelf.addModule(fullModule("MCU"));
        return full("MCU");
    }

    @Override
    public Option<OtaModule> givenModule(ResponseVariation variation) {
        ObjectNode stored = fullModule("MCU");
        OtaModule sparse = module("MCU", Option.none(), Option.none(), Option.none());
        Option<OtaModule> expected = switch (variation) {
            case UNKNOWN_MEMBERS -> {
                stored.put("colour", "red");
                yield Option.some(full("MCU"));
            }
            case OPTIONAL_MEMBERS_MISSING -> {
                stored.retain("product", "name");
                yield Option.some(sparse);
            }
            case OPTIONAL_MEMBERS_NULL -> {
                blank(stored, NullNode.instance, "product", "name");
                yield Option.some(sparse);
            }
            case OPTIONAL_TEXTS_EMPTY -> {
                blank(stored, TextNode.valueOf(""), "product", "name");
                yield Option.some(sparse);
            }
            case UNREADABLE_TIMES -> {
                stored.put("added", "last Tuesday");
                yield Option.some(module(
                        "MCU",
                        Option.some("brain"),
                        Option.some("Main board"),
                        Option.some(VendorTimestamp.unreadable("last Tuesday"))));
            }
            case NEW_ENUM_VALUES, HUGE_FILE -> Option.none();
        };
        shelf.addModule(stored);
        return expected;
    }

    @Override
    public void givenNoModule() {
        // The vendor starts without modules.
    }

    @Override
    public List<OtaModule> givenModules() {
        // Seven modules are three pages.
        return List.range(0, 7).map(number -> {
            shelf.addModule(fullModule("M" + number));
            return full("M" + number);
        });
    }

    @Override
    public boolean supportsModulePages() {
        return true;
    }

    @Override
    public java.util.List<ModuleRef> invalidModuleRefs() {
        return java.util.List.of(
                ModuleRef.named(PRODUCT.id(), ModuleName.of("main board")),
                ModuleRef.named(PRODUCT.id(), ModuleName.of("..")),
                ModuleRef.named(ProductId.of("a/b"), ModuleName.of("MCU")));
    }

    @Override
    public ProductId givenProduct() {
        shelf.addModule(fullModule("modem"));
        return PRODUCT.id();
    }

    @Override
    public List<NewModule> invalidModules() {
        return List.of(
                NewModule.named(PRODUCT.id(), ModuleName.of("m".repeat(41))),
                NewModule.named(ProductId.of("a?b"), ModuleName.of("Radio")));
    }

    private static ObjectNode fullModule(String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("product", PRODUCT.id().value())
                .put("name", name)
                .put("alias", "brain")
                .put("description", "Main board")
                .put("added", ADDED.text());
    }

    private static OtaModule full(String name) {
        return module(name, Option.some("brain"), Option.some("Main board"), Option.some(ADDED));
    }

    private static OtaModule module(
            String name, Option<String> alias, Option<String> description, Option<VendorTimestamp> added) {
        return new OtaModule(
                Option.none(), PRODUCT, ModuleName.of(name), alias, description, Option.none(), added, Option.none());
    }

    /** Replaces the values of all optional members by this value. */
    private static void blank(ObjectNode stored, JsonNode value, String... required) {
        Set<String> optional = new HashSet<>();
        stored.fieldNames().forEachRemaining(optional::add);
        List.of(required).forEach(optional::remove);
        optional.forEach(name -> stored.set(name, value));
    }
}
