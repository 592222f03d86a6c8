package io.otabridge.aliyun;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.HttpTransport;
import java.time.Duration;

/** One account on a platform. */
final class AliyunBackend implements Backend {

    private final AliyunSettings settings;
    private final AliyunDoctor doctor;
    private final AliyunApi api;
    private final BackendCalls calls;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final FirmwareCommandPort firmwareCommands;
    private final ModuleCommandPort moduleCommands;

    private AliyunBackend(AliyunSettings settings, AliyunDoctor doctor, AliyunApi api, BackendCalls calls) {
        this.settings = settings;
        this.doctor = doctor;
        this.api = api;
        this.calls = calls;
        this.firmware = new AliyunFirmwareQuery(api, settings, calls);
        AliyunModuleQuery moduleQuery = new AliyunModuleQuery(api, settings, calls);
        this.modules = moduleQuery;
        this.firmwareCommands = new AliyunFirmwareCommands(api, settings, calls, firmware, false);
        this.moduleCommands = new AliyunModuleCommands(api, settings, calls, moduleQuery, false);
    }

    static AliyunBackend open(String name, AliyunSettings settings, HttpTransport transport, BackendContext context) {
        AliyunAuthentication authentication =
                AliyunAuthentication.of(settings, calls(name, settings, transport, context), transport);
        return new AliyunBackend(
                settings,
                new AliyunDoctor(name, settings, transport, context),
                authentication.api(settings, transport),
                authentication.calls());
    }

    @Override
    public Backend within(Duration deadline) {
        return new AliyunBackend(settings, doctor.within(deadline), api, calls.within(deadline));
    }

    @Override
    public String name() {
        return calls.backend();
    }

    @Override
    public Vendor vendor() {
        return settings.dialect().vendor();
    }

    @Override
    public String endpoint() {
        return settings.connection().endpoint().toString();
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

    @Override
    public Duration clockOffset() {
        return calls.clockOffset();
    }

    @Override
    public void close() {
        calls.close();
    }

    /** What sends requests, as long as nothing need be renewed for it. */
    static BackendCalls calls(String name, AliyunSettings settings, HttpTransport transport, BackendContext context) {
        return new BackendCalls(
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
