package io.otabridge.huawei;

import io.otabridge.client.BackendClient;
import io.otabridge.client.HttpBackend;
import io.otabridge.client.OperationClient;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.PackageLimit;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Permissions;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupQueryPort;
import io.otabridge.domain.product.ProductQueryPort;
import io.otabridge.huawei.auth.HuaweiAuthentication;
import io.otabridge.huawei.config.HuaweiSettings;
import io.otabridge.huawei.firmware.HuaweiFirmwareCommands;
import io.otabridge.huawei.firmware.HuaweiFirmwareQuery;
import io.otabridge.huawei.module.HuaweiModuleCommands;
import io.otabridge.huawei.module.HuaweiModuleQuery;
import io.otabridge.huawei.obs.ObsClient;
import io.otabridge.huawei.obs.ObsForm;
import io.otabridge.huawei.obs.ObsStorage;
import io.otabridge.huawei.operation.HuaweiIdCanonicalizer;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.otabridge.huawei.operation.HuaweiResponseDecoder;
import io.otabridge.huawei.operation.MarkerPages;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.function.Function;

/** A backend for one Huawei Cloud IoTDA account. Thread-safe. */
final class HuaweiBackend extends HttpBackend {

    private static final Capabilities CAPABILITIES = Capabilities.of(
                    Capability.FIND_MODULE_BY_ID,
                    Capability.FIND_MODULE_BY_NAME,
                    Capability.LIST_MODULES,
                    Capability.CREATE_MODULE,
                    Capability.UPDATE_MODULE,
                    Capability.DELETE_MODULE,
                    Capability.FIND_FIRMWARE,
                    Capability.LIST_FIRMWARE,
                    Capability.SOFTWARE_PACKAGES,
                    Capability.DELETE_FIRMWARE,
                    Capability.PUBLISH_FIRMWARE,
                    Capability.PUBLISH_STORED_FILE,
                    Capability.SOURCE_VERSIONS_OF_FULL_IMAGE,
                    Capability.DELETE_STORED_FILE,
                    Capability.UNFINISHED_UPLOADS,
                    Capability.DOWNLOAD_FIRMWARE,
                    Capability.LIST_PRODUCTS,
                    Capability.LIST_DEVICE_GROUPS)
            .without(
                    Capability.SEVERAL_FILES,
                    "A package of Huawei Cloud IoTDA has one file: publish an archive of the files")
            .without(
                    Capability.FIRMWARE_NAMES,
                    "Huawei Cloud IoTDA packages have no name: store it in the package's description")
            .without(
                    Capability.UPDATE_FIRMWARE,
                    "Huawei Cloud IoTDA packages cannot be updated: delete the package and publish it again")
            .without(
                    Capability.VERIFICATION,
                    "Huawei Cloud IoTDA has no verification; roll a package out to a few devices first")
            .without(
                    Capability.UPDATE_KIND,
                    "Huawei Cloud IoTDA does not report it; store it in the package's description or custom info")
            .without(Capability.CONTENT_IN_LISTS, "Get the package by its id to see the digest")
            .withPackageLimit(new PackageLimit(200, PackageLimit.Scope.RESOURCE_SPACE));

    /** The capabilities that need signed requests to the object store. */
    private static final List<Capability> OF_KEYS = List.of(
            Capability.PUBLISH_FIRMWARE,
            Capability.PUBLISH_STORED_FILE,
            Capability.SOURCE_VERSIONS_OF_FULL_IMAGE,
            Capability.DELETE_STORED_FILE,
            Capability.UNFINISHED_UPLOADS,
            Capability.DOWNLOAD_FIRMWARE);

    /** The capabilities that need a bucket for uploads. */
    private static final List<Capability> OF_BUCKET =
            List.of(Capability.PUBLISH_FIRMWARE, Capability.UNFINISHED_UPLOADS);

    private final HuaweiSettings settings;
    private final Capabilities capabilities;
    private final HuaweiDiagnostics diagnostics;
    private final HuaweiOperations operations;
    private final Function<BackendClient, Option<ObsStorage>> storage;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final FirmwareCommandPort firmwareCommands;
    private final ModuleCommandPort moduleCommands;
    private final ProductQueryPort products;
    private final DeviceGroupQueryPort deviceGroups;

    private HuaweiBackend(
            HuaweiSettings settings,
            HuaweiDiagnostics diagnostics,
            HuaweiOperations operations,
            Function<BackendClient, Option<ObsStorage>> storage,
            BackendClient backendClient) {
        super(backendClient, settings.connection());
        this.settings = settings;
        this.capabilities = capabilities(settings);
        this.diagnostics = diagnostics;
        this.operations = operations;
        this.storage = storage;
        OperationClient client = new OperationClient(backendClient, new HuaweiResponseDecoder(), capabilities);
        Option<ObsStorage> objects = storage.apply(backendClient);
        this.firmware = new HuaweiFirmwareQuery(client, operations, objects);
        this.modules = new HuaweiModuleQuery(client, operations);
        this.firmwareCommands = new HuaweiFirmwareCommands(client, operations, firmware, modules, objects);
        this.moduleCommands = new HuaweiModuleCommands(client, operations, modules);
        this.products = () -> MarkerPages.of(
                client,
                operations.listProducts,
                "products",
                found -> canonical(found.product().id()));
        this.deviceGroups = () -> MarkerPages.of(client, operations.listDeviceGroups, "device groups", DeviceGroup::id);
    }

    static HuaweiBackend open(String name, HuaweiSettings settings, HttpTransport transport, BackendContext context) {
        HuaweiAuthentication authentication =
                HuaweiAuthentication.of(settings, newClient(name, settings, transport, context), transport);
        return new HuaweiBackend(
                settings,
                new HuaweiDiagnostics(name, settings, transport, context),
                new HuaweiOperations(authentication.api(settings, transport), settings),
                client -> storage(settings, authentication, transport, client),
                authentication.client());
    }

    /** The object store; absent if the credentials cannot sign its requests. */
    static Option<ObsStorage> storage(
            HuaweiSettings settings,
            HuaweiAuthentication authentication,
            HttpTransport transport,
            BackendClient client) {
        ConnectionSettings connection = settings.connection();
        ConnectionSettings toObs = new ConnectionSettings(
                settings.obs().endpoint().getOrElse(connection.endpoint()),
                connection.region(),
                connection.callOptions());
        return authentication
                .keys()
                .map(keys ->
                        new ObsStorage(settings.obs(), new ObsClient(client, transport, toObs, keys, ObsForm.OBS)));
    }

    /** The capabilities of a backend with these settings. */
    static Capabilities capabilities(HuaweiSettings settings) {
        Capabilities capabilities = CAPABILITIES;
        if (!HuaweiAuthentication.usesSignature(settings)) {
            return OF_KEYS.foldLeft(
                    capabilities,
                    (all, missing) -> all.without(
                            missing, "IAM tokens cannot sign requests to the object store OBS: use an access key"));
        }
        return settings.obs().bucket().isDefined()
                ? capabilities
                : OF_BUCKET.foldLeft(
                        capabilities,
                        (all, missing) -> all.without(
                                missing, "Set obs.bucket to the OBS bucket for firmware files of this backend"));
    }

    @Override
    public Backend within(Duration deadline) {
        return new HuaweiBackend(
                settings, diagnostics.within(deadline), operations, storage, client().withTimeout(deadline));
    }

    @Override
    public ProductId canonical(ProductId id) {
        return ProductId.of(HuaweiIdCanonicalizer.canonical(id.value()));
    }

    @Override
    public String authentication() {
        return HuaweiAuthentication.describe(settings);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Permissions permissions() {
        return HuaweiPermissions.of(capabilities, settings.obs().bucket());
    }

    @Override
    public ModuleCommandPort moduleCommands() {
        return moduleCommands;
    }

    @Override
    public FirmwareCommandPort firmwareCommands() {
        return firmwareCommands;
    }

    @Override
    public ModuleQueryPort modules() {
        return modules;
    }

    @Override
    public FirmwareQueryPort firmware() {
        return firmware;
    }

    @Override
    public ProductQueryPort products() {
        return products;
    }

    @Override
    public DeviceGroupQueryPort deviceGroups() {
        return deviceGroups;
    }

    @Override
    public Diagnosis diagnose() {
        return diagnostics.diagnose(false);
    }

    @Override
    public Diagnosis diagnoseWithUpload() {
        return diagnostics.diagnose(true);
    }

    @Override
    public Option<Duration> minimumTime(Map<Capability, Integer> calls) {
        return settings.minimumTime(calls);
    }

    /** A client that does not refresh credentials. */
    static BackendClient newClient(
            String name, HuaweiSettings settings, HttpTransport transport, BackendContext context) {
        return new BackendClient(
                name,
                HuaweiProvider.VENDOR,
                transport.redactor(settings.credentials().secrets()),
                context,
                settings.connection().callOptions(),
                settings.rateLimits()
                        .map(limits ->
                                limits.limiterFor(HuaweiProvider.VENDOR, HuaweiAuthentication.identity(settings))));
    }
}
