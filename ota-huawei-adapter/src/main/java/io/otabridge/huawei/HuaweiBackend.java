package io.otabridge.huawei;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.http.AccessKey;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.HttpTransport;
import io.otabridge.http.Redactor;
import java.time.Clock;
import okhttp3.Interceptor;

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

    private final HuaweiDoctor doctor;
    private final String name;
    private final HuaweiSettings settings;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final FirmwareCommandPort firmwareCommands;
    private final ModuleCommandPort moduleCommands;

    HuaweiBackend(String name, HuaweiSettings settings, HttpTransport transport, Clock clock) {
        this.name = name;
        this.settings = settings;
        this.doctor = new HuaweiDoctor(name, settings, transport, clock);
        BackendCalls calls = calls(name, settings, clock);
        HuaweiApi api = api(settings, transport, calls.clock());
        this.firmware = new HuaweiFirmwareQuery(api, settings, calls);
        this.modules = new HuaweiModuleQuery(api, settings, calls);
        this.firmwareCommands = new HuaweiFirmwareCommands(api, settings, calls, firmware, false);
        this.moduleCommands = new HuaweiModuleCommands(api, settings, calls, modules, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vendor vendor() {
        return HuaweiProvider.VENDOR;
    }

    @Override
    public String endpoint() {
        return settings.connection().endpoint().toString();
    }

    @Override
    public String authentication() {
        if (settings.credentials() instanceof HuaweiCredentials.Token) {
            return "IAM token";
        }
        return settings.derivedForRegion()
                .map(region -> "AK/SK, key derived for " + region)
                .getOrElse("AK/SK, plain signature");
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

    static BackendCalls calls(String name, HuaweiSettings settings, Clock clock) {
        return new BackendCalls(
                name,
                HuaweiProvider.VENDOR,
                Redactor.hiding(settings.credentials().secrets()),
                clock,
                settings.connection().limits(),
                settings.pacing().map(pacing -> pacing.of(HuaweiProvider.VENDOR, identity(settings))));
    }

    static HuaweiApi api(HuaweiSettings settings, HttpTransport transport, Clock clock) {
        return transport
                .retrofit(settings.connection(), signing(settings, clock))
                .create(HuaweiApi.class);
    }

    /** Whoever holds a token is known by the project that it is for. */
    static String identity(HuaweiSettings settings) {
        return settings.credentials() instanceof HuaweiCredentials.Key key
                ? key.accessKey().id()
                : settings.projectId();
    }

    private static Interceptor signing(HuaweiSettings settings, Clock clock) {
        if (settings.credentials() instanceof HuaweiCredentials.Token byToken) {
            return chain -> chain.proceed(chain.request()
                    .newBuilder()
                    .header("X-Auth-Token", byToken.token().reveal())
                    .build());
        }
        AccessKey key = ((HuaweiCredentials.Key) settings.credentials()).accessKey();
        return new AkskSigning(key, settings.derivedForRegion(), clock);
    }
}
