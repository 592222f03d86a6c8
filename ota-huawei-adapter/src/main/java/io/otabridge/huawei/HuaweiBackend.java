package io.otabridge.huawei;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.ProductId;
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

/** One account on IoTDA. */
final class HuaweiBackend implements Backend {

    static final Capabilities CAPABILITIES = Capabilities.all()
            .without(
                    Capability.VERIFICATION,
                    "Huawei Cloud IoTDA has no verification; roll a package out to a few devices first")
            .without(
                    Capability.UPDATE_KIND,
                    "Huawei Cloud IoTDA does not say it; put it into the package's description or custom info")
            .without(Capability.CONTENT_IN_LISTS, "Ask for the package by its id, which says the digest");

    private final HuaweiSettings settings;
    private final HuaweiDoctor doctor;
    private final HuaweiApi api;
    private final BackendCalls calls;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final FirmwareCommandPort firmwareCommands;
    private final ModuleCommandPort moduleCommands;

    private HuaweiBackend(HuaweiSettings settings, HuaweiDoctor doctor, HuaweiApi api, BackendCalls calls) {
        this.settings = settings;
        this.doctor = doctor;
        this.api = api;
        this.calls = calls;
        this.firmware = new HuaweiFirmwareQuery(api, settings, calls);
        this.modules = new HuaweiModuleQuery(api, settings, calls);
        this.firmwareCommands = new HuaweiFirmwareCommands(api, settings, calls, firmware, false);
        this.moduleCommands = new HuaweiModuleCommands(api, settings, calls, modules, false);
    }

    static HuaweiBackend open(String name, HuaweiSettings settings, HttpTransport transport, BackendContext context) {
        HuaweiAuthentication authentication =
                HuaweiAuthentication.of(settings, calls(name, settings, transport, context), transport);
        return new HuaweiBackend(
                settings,
                new HuaweiDoctor(name, settings, transport, context),
                authentication.api(settings, transport),
                authentication.calls());
    }

    @Override
    public Backend within(Duration deadline) {
        return new HuaweiBackend(settings, doctor.within(deadline), api, calls.within(deadline));
    }

    @Override
    public String name() {
        return calls.backend();
    }

    @Override
    public Vendor vendor() {
        return HuaweiProvider.VENDOR;
    }

    @Override
    public ProductId canonical(ProductId id) {
        return ProductId.of(HuaweiCalls.canonical(id.value()));
    }

    @Override
    public String endpoint() {
        return settings.connection().endpoint().toString();
    }

    @Override
    public String authentication() {
        return HuaweiAuthentication.words(settings);
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
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
    static BackendCalls calls(String name, HuaweiSettings settings, HttpTransport transport, BackendContext context) {
        return new BackendCalls(
                name,
                HuaweiProvider.VENDOR,
                transport.redactor(settings.credentials().secrets()),
                context,
                settings.connection().limits(),
                settings.pacing()
                        .map(pacing -> pacing.of(HuaweiProvider.VENDOR, HuaweiAuthentication.identity(settings))));
    }
}
