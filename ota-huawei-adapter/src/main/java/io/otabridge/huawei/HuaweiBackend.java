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
import io.otabridge.domain.device.DeviceQueryPort;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupQueryPort;
import io.otabridge.domain.product.ProductQueryPort;
import io.otabridge.huawei.auth.HuaweiAuthentication;
import io.otabridge.huawei.config.HuaweiSettings;
import io.otabridge.huawei.device.DeviceOperations;
import io.otabridge.huawei.device.HuaweiDeviceQuery;
import io.otabridge.huawei.firmware.HuaweiFirmwareCommands;
import io.otabridge.huawei.firmware.HuaweiFirmwareQuery;
import io.otabridge.huawei.job.HuaweiJobCommands;
import io.otabridge.huawei.job.HuaweiJobQuery;
import io.otabridge.huawei.job.JobOperations;
import io.otabridge.huawei.module.HuaweiModuleCommands;
import io.otabridge.huawei.module.HuaweiModuleQuery;
import io.otabridge.huawei.obs.ObsClient;
import io.otabridge.huawei.obs.ObsForm;
import io.otabridge.huawei.obs.ObsStorage;
import io.otabridge.huawei.operation.HuaweiIdCanonicalizer;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.otabridge.huawei.operation.HuaweiResponseDecoder;
import io.otabridge.huawei.operation.MarkerPages;
import io.otabridge.huawei.wire.HuaweiApi;
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
                    Capability.LIST_DEVICE_GROUPS,
                    Capability.FIND_DEVICE,
                    Capability.LIST_DEVICES,
                    Capability.FIND_DEVICES_BY_VERSION,
                    Capability.FIND_JOB,
                    Capability.FIND_JOB_BY_TOKEN,
                    Capability.LIST_JOBS,
                    Capability.LIST_TASKS,
                    Capability.CREATE_JOB,
                    Capability.JOB_FOR_GROUP,
                    Capability.JOB_FOR_ALL,
                    Capability.SOURCE_VERSIONS_OF_JOB,
                    Capability.JOB_START,
                    Capability.JOB_RETRIES,
                    Capability.CONFIRM_TASKS,
                    Capability.JOB_THROUGH_GATEWAYS,
                    Capability.JOB_TAGS,
                    Capability.CANCEL_JOB,
                    Capability.RETRY_TASKS,
                    Capability.DELETE_JOB)
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
            .without(
                    Capability.LIST_JOBS_OF_DEVICE,
                    "Huawei Cloud IoTDA has no history by device: list the jobs, and the task of the device in each job")
            .without(
                    Capability.LIST_UNFINISHED_TASKS,
                    "Huawei Cloud IoTDA has no such list: list the running jobs, and the task of the device in each job")
            .without(
                    Capability.VERIFY_FIRMWARE,
                    "Huawei Cloud IoTDA has no verification: create a job for a few test devices first")
            .without(
                    Capability.JOB_FOR_PERCENTAGE,
                    "Huawei Cloud IoTDA does not choose devices: list the devices of the product and name some of them")
            .without(
                    Capability.CONTINUOUS_JOB,
                    "Huawei Cloud IoTDA jobs have the devices of their creation: create another job for new devices")
            .without(Capability.JOB_END, "Huawei Cloud IoTDA jobs have no end: cancel the job at that time")
            .without(
                    Capability.JOB_RATE,
                    "Huawei Cloud IoTDA notifies all devices at once: create jobs for smaller groups of devices")
            .without(
                    Capability.JOB_TIMEOUT,
                    "Huawei Cloud IoTDA has a fixed timeout: cancel the tasks of slow devices instead")
            .without(Capability.REPLACE_TASKS, "Huawei Cloud IoTDA keeps the older task of a device: cancel it first")
            .without(
                    Capability.UPDATE_JOB,
                    "Huawei Cloud IoTDA jobs cannot be updated: cancel the job and create another one")
            .without(Capability.TASK_PROGRESS, "Huawei Cloud IoTDA reports the status of a task only")
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
    private final Operations operations;
    private final Function<BackendClient, Option<ObsStorage>> storage;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final FirmwareCommandPort firmwareCommands;
    private final ModuleCommandPort moduleCommands;
    private final ProductQueryPort products;
    private final DeviceGroupQueryPort deviceGroups;
    private final DeviceQueryPort devices;
    private final JobQueryPort jobs;
    private final JobCommandPort jobCommands;

    private HuaweiBackend(
            HuaweiSettings settings,
            HuaweiDiagnostics diagnostics,
            Operations operations,
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
        HuaweiOperations packages = operations.packages();
        this.firmware = new HuaweiFirmwareQuery(client, packages, objects);
        this.modules = new HuaweiModuleQuery(client, packages);
        this.firmwareCommands = new HuaweiFirmwareCommands(client, packages, firmware, modules, objects);
        this.moduleCommands = new HuaweiModuleCommands(client, packages, modules);
        this.products = () -> MarkerPages.of(
                client,
                packages.listProducts,
                "products",
                found -> canonical(found.product().id()));
        this.deviceGroups = () -> MarkerPages.of(client, packages.listDeviceGroups, "device groups", DeviceGroup::id);
        this.devices = new HuaweiDeviceQuery(client, operations.devices());
        HuaweiJobQuery jobQuery = new HuaweiJobQuery(
                client, operations.jobs(), firmware, backendClient.clock(), settings.rateOf("ShowBatchTask"));
        this.jobs = jobQuery;
        this.jobCommands =
                new HuaweiJobCommands(client, operations.jobs(), jobQuery, firmware, devices, backendClient.deadline());
    }

    /** The operations of IoTDA. */
    private record Operations(HuaweiOperations packages, DeviceOperations devices, JobOperations jobs) {

        static Operations of(HuaweiApi api, HuaweiSettings settings, BackendClient client) {
            return new Operations(
                    new HuaweiOperations(api, settings),
                    new DeviceOperations(api, settings),
                    new JobOperations(api, settings, client.redactor(), client.clock()));
        }
    }

    static HuaweiBackend open(String name, HuaweiSettings settings, HttpTransport transport, BackendContext context) {
        HuaweiAuthentication authentication =
                HuaweiAuthentication.of(settings, newClient(name, settings, transport, context), transport);
        return new HuaweiBackend(
                settings,
                new HuaweiDiagnostics(name, settings, transport, context),
                Operations.of(authentication.api(settings, transport), settings, authentication.client()),
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
    public DeviceQueryPort devices() {
        return devices;
    }

    @Override
    public JobQueryPort jobs() {
        return jobs;
    }

    @Override
    public JobCommandPort jobCommands() {
        return jobCommands;
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
