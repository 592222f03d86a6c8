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
import io.otabridge.http.Redactor;

/** One account on a platform. */
final class AliyunBackend implements Backend {

    private final AliyunDoctor doctor;
    private final String name;
    private final AliyunSettings settings;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final FirmwareCommandPort firmwareCommands;
    private final ModuleCommandPort moduleCommands;

    AliyunBackend(String name, AliyunSettings settings, HttpTransport transport, BackendContext context) {
        this.name = name;
        this.settings = settings;
        this.doctor = new AliyunDoctor(name, settings, transport, context);
        AliyunAuthentication authentication =
                AliyunAuthentication.of(settings, calls(name, settings, context), transport);
        BackendCalls calls = authentication.calls();
        AliyunApi api = authentication.api(settings, transport);
        this.firmware = new AliyunFirmwareQuery(api, settings, calls);
        AliyunModuleQuery moduleQuery = new AliyunModuleQuery(api, settings, calls);
        this.modules = moduleQuery;
        this.firmwareCommands = new AliyunFirmwareCommands(api, settings, calls, firmware, false);
        this.moduleCommands = new AliyunModuleCommands(api, settings, calls, moduleQuery, false);
    }

    @Override
    public String name() {
        return name;
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

    /** What sends requests, as long as nothing need be renewed for it. */
    static BackendCalls calls(String name, AliyunSettings settings, BackendContext context) {
        return new BackendCalls(
                name,
                settings.dialect().vendor(),
                Redactor.hiding(settings.keys().secrets()),
                context,
                settings.connection().limits(),
                settings.pacing()
                        .map(pacing -> pacing.of(
                                settings.dialect().vendor(), settings.keys().identity(name))));
    }
}
