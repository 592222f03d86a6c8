package io.otabridge.aliyun;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.HttpTransport;
import io.otabridge.http.Redactor;
import java.time.Clock;

/** One account on the platform. */
final class AliyunBackend implements Backend {

    static final Capabilities CAPABILITIES = Capabilities.all()
            .without(Capability.FIND_MODULE_BY_ID, "Alibaba modules have no ids: ask by product and module name")
            .without(
                    Capability.SOFTWARE_PACKAGES,
                    "Keep such a package as that of a module; Alibaba Cloud IoT has packages for the whole device and"
                            + " for modules");

    private final String name;
    private final AliyunSettings settings;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final FirmwareCommandPort firmwareCommands;
    private final ModuleCommandPort moduleCommands;

    AliyunBackend(String name, AliyunSettings settings, HttpTransport transport, Clock clock) {
        this.name = name;
        this.settings = settings;
        AliyunSigning.Scheme scheme = settings.olderSignature()
                ? new RpcSignature(settings.connection().region())
                : new Acs3Signature();
        AliyunApi api = transport
                .retrofit(settings.connection(), new AliyunSigning(scheme, settings.accessKey(), clock))
                .create(AliyunApi.class);
        BackendCalls calls = new BackendCalls(
                name,
                AliyunProvider.VENDOR,
                Redactor.hiding(settings.accessKey().secrets()),
                clock);
        this.firmware = new AliyunFirmwareQuery(api, settings, calls);
        AliyunModuleQuery moduleQuery = new AliyunModuleQuery(api, settings, calls);
        this.modules = moduleQuery;
        this.firmwareCommands = new AliyunFirmwareCommands(api, settings, calls);
        this.moduleCommands = new AliyunModuleCommands(api, settings, calls, moduleQuery);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vendor vendor() {
        return AliyunProvider.VENDOR;
    }

    @Override
    public String endpoint() {
        return settings.connection().endpoint().toString();
    }

    @Override
    public String authentication() {
        return settings.olderSignature() ? "AccessKey, HMAC-SHA1" : "AccessKey, ACS3-HMAC-SHA256";
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
}
