package io.otabridge.aliyun;

import io.otabridge.aliyun.auth.AliyunAuthentication;
import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.device.AliyunDeviceQuery;
import io.otabridge.aliyun.device.DeviceOperations;
import io.otabridge.aliyun.firmware.AliyunFirmwareCommands;
import io.otabridge.aliyun.firmware.AliyunFirmwareQuery;
import io.otabridge.aliyun.job.AliyunJobQuery;
import io.otabridge.aliyun.job.JobOperations;
import io.otabridge.aliyun.job.command.AliyunJobCommands;
import io.otabridge.aliyun.job.command.JobCommandOperations;
import io.otabridge.aliyun.module.AliyunModuleCommands;
import io.otabridge.aliyun.module.AliyunModuleQuery;
import io.otabridge.aliyun.operation.AliyunOperations;
import io.otabridge.aliyun.operation.AliyunResponseDecoder;
import io.otabridge.aliyun.operation.NumberedPages;
import io.otabridge.aliyun.wire.DeviceApi;
import io.otabridge.aliyun.wire.job.JobApi;
import io.otabridge.client.BackendClient;
import io.otabridge.client.HttpBackend;
import io.otabridge.client.OperationClient;
import io.otabridge.client.transfer.TransferClient;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
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
import io.vavr.Lazy;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Duration;

/** A backend for one account on Alibaba Cloud IoT Platform or on a compatible platform. Thread-safe. */
final class AliyunBackend extends HttpBackend {

    private final AliyunSettings settings;
    private final AliyunDiagnostics diagnostics;
    private final Operations all;
    private final HttpTransport transport;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final FirmwareCommandPort firmwareCommands;
    private final ModuleCommandPort moduleCommands;
    private final ProductQueryPort products;
    private final DeviceGroupQueryPort deviceGroups;
    private final AliyunDeviceQuery devices;
    private final AliyunJobQuery jobs;
    private final JobCommandPort jobCommands;

    /** The operations of the platform. */
    private record Operations(
            AliyunOperations firmware,
            DeviceOperations devices,
            JobOperations jobs,
            JobCommandOperations jobCommands) {}

    private AliyunBackend(
            AliyunSettings settings,
            AliyunDiagnostics diagnostics,
            Operations all,
            HttpTransport transport,
            BackendClient backendClient) {
        super(backendClient, settings.connection());
        this.settings = settings;
        this.diagnostics = diagnostics;
        this.all = all;
        this.transport = transport;
        Dialect dialect = settings.dialect();
        AliyunOperations operations = all.firmware();
        OperationClient client =
                new OperationClient(backendClient, new AliyunResponseDecoder(dialect), settings.capabilities());
        AliyunModuleQuery moduleQuery = new AliyunModuleQuery(client, operations, dialect.title());
        // The forms and links of the object store are signed already.
        Lazy<TransferClient> transfers =
                Lazy.of(() -> TransferClient.of(backendClient, transport, settings.connection(), request -> request));
        this.firmware = new AliyunFirmwareQuery(client, operations, backendClient.contextOf("GetObject"), transfers);
        this.modules = moduleQuery;
        this.firmwareCommands = new AliyunFirmwareCommands(
                backendClient, client, operations, firmware, moduleQuery, transfers, settings);
        this.moduleCommands = new AliyunModuleCommands(client, operations, moduleQuery, dialect.rules());
        this.products = () -> NumberedPages.of(
                client,
                operations.listProducts,
                "products",
                found -> found.product().id());
        this.deviceGroups =
                () -> NumberedPages.of(client, operations.listDeviceGroups, "device groups", DeviceGroup::id);
        this.devices = new AliyunDeviceQuery(client, all.devices());
        this.jobs = new AliyunJobQuery(client, all.jobs(), firmware, devices, settings, backendClient.clock());
        this.jobCommands = new AliyunJobCommands(
                backendClient, client, all.jobCommands(), firmware, devices, jobs, transfers, settings);
    }

    static AliyunBackend open(String name, AliyunSettings settings, HttpTransport transport, BackendContext context) {
        AliyunAuthentication authentication =
                AliyunAuthentication.of(settings, newClient(name, settings, transport, context), transport);
        JobApi jobApi = authentication.api(JobApi.class, settings, transport);
        return new AliyunBackend(
                settings,
                new AliyunDiagnostics(name, settings, transport, context),
                new Operations(
                        new AliyunOperations(authentication.api(settings, transport), settings),
                        new DeviceOperations(authentication.api(DeviceApi.class, settings, transport), settings),
                        new JobOperations(
                                jobApi, settings, authentication.client().redactor()),
                        new JobCommandOperations(jobApi, settings)),
                transport,
                authentication.client());
    }

    @Override
    public Backend within(Duration deadline) {
        return new AliyunBackend(
                settings.within(deadline),
                diagnostics.within(deadline),
                all,
                transport,
                client().withTimeout(deadline));
    }

    @Override
    public String authentication() {
        return AliyunAuthentication.describe(settings);
    }

    @Override
    public Capabilities capabilities() {
        return settings.capabilities();
    }

    @Override
    public Permissions permissions() {
        return AliyunPermissions.of(settings.dialect());
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
        return capabilities().has(Capability.LIST_DEVICE_GROUPS) ? deviceGroups : super.deviceGroups();
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
        return diagnostics.diagnose();
    }

    @Override
    public Option<Duration> minimumTime(Map<Capability, Integer> calls) {
        return settings.minimumTime(calls);
    }

    /** A client that does not refresh credentials. */
    static BackendClient newClient(
            String name, AliyunSettings settings, HttpTransport transport, BackendContext context) {
        return new BackendClient(
                name,
                settings.dialect().vendor(),
                transport.redactor(settings.credentials().secrets()),
                context,
                settings.connection().callOptions(),
                settings.rateLimits()
                        .map(limits -> limits.limiterFor(
                                settings.dialect().vendor(),
                                settings.credentials().identity(name))));
    }
}
