package io.otabridge.aliyun;

import io.otabridge.aliyun.auth.AliyunAuthentication;
import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.firmware.AliyunFirmwareCommands;
import io.otabridge.aliyun.firmware.AliyunFirmwareQuery;
import io.otabridge.aliyun.module.AliyunModuleCommands;
import io.otabridge.aliyun.module.AliyunModuleQuery;
import io.otabridge.aliyun.operation.AliyunOperations;
import io.otabridge.aliyun.operation.AliyunProtocol;
import io.otabridge.client.BackendClient;
import io.otabridge.client.HttpBackend;
import io.otabridge.client.OperationClient;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import java.time.Duration;

/** One account on a platform. */
final class AliyunBackend extends HttpBackend {

    private final AliyunSettings settings;
    private final AliyunDiagnostics doctor;
    private final AliyunOperations operations;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final FirmwareCommandPort firmwareCommands;
    private final ModuleCommandPort moduleCommands;

    private AliyunBackend(
            AliyunSettings settings, AliyunDiagnostics doctor, AliyunOperations operations, BackendClient calls) {
        super(calls, settings.connection());
        this.settings = settings;
        this.doctor = doctor;
        this.operations = operations;
        Dialect dialect = settings.dialect();
        OperationClient client = new OperationClient(calls, new AliyunProtocol(dialect), dialect.capabilities());
        AliyunModuleQuery moduleQuery = new AliyunModuleQuery(client, operations, dialect.title());
        this.firmware = new AliyunFirmwareQuery(client, operations);
        this.modules = moduleQuery;
        this.firmwareCommands = new AliyunFirmwareCommands(client, operations, firmware);
        this.moduleCommands = new AliyunModuleCommands(client, operations, moduleQuery, dialect.rules());
    }

    static AliyunBackend open(String name, AliyunSettings settings, HttpTransport transport, BackendContext context) {
        AliyunAuthentication authentication =
                AliyunAuthentication.of(settings, calls(name, settings, transport, context), transport);
        return new AliyunBackend(
                settings,
                new AliyunDiagnostics(name, settings, transport, context),
                new AliyunOperations(authentication.api(settings, transport), settings),
                authentication.calls());
    }

    @Override
    public Backend within(Duration deadline) {
        return new AliyunBackend(settings, doctor.within(deadline), operations, calls().within(deadline));
    }

    @Override
    public String authentication() {
        return settings.keys().words() + ", " + settings.scheme().words();
    }

    @Override
    public Capabilities capabilities() {
        return settings.dialect().capabilities();
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
    public Diagnosis diagnose() {
        return doctor.diagnose();
    }

    /** What sends requests, as long as nothing need be renewed for it. */
    static BackendClient calls(String name, AliyunSettings settings, HttpTransport transport, BackendContext context) {
        return new BackendClient(
                name,
                settings.dialect().vendor(),
                transport.redactor(settings.keys().secrets()),
                context,
                settings.connection().limits(),
                settings.pacing()
                        .map(pacing -> pacing.of(
                                settings.dialect().vendor(), settings.keys().identity(name))));
    }
}
