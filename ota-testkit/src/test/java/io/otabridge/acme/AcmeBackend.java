package io.otabridge.acme;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.Connection;
import io.otabridge.http.HttpTransport;
import io.otabridge.http.Redactor;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;

/** One account on Acme Shelf. */
final class AcmeBackend implements Backend {

    static final Capabilities CAPABILITIES = Capabilities.of(
                    Capability.FIND_MODULE_BY_NAME,
                    Capability.LIST_MODULES,
                    Capability.CREATE_MODULE,
                    Capability.DELETE_MODULE,
                    Capability.FIND_FIRMWARE,
                    Capability.LIST_FIRMWARE,
                    Capability.DELETE_FIRMWARE,
                    Capability.UPDATE_KIND,
                    Capability.CONTENT_IN_LISTS)
            .without(Capability.FIND_MODULE_BY_ID, "Ask by product and name; Acme Shelf has no module ids")
            .without(Capability.UPDATE_MODULE, "Delete the module and create it anew")
            .without(Capability.SOFTWARE_PACKAGES, "Keep software as a module of its own")
            .without(Capability.VERIFICATION, "Roll a package out to a few devices first");

    private final Connection connection;
    private final AcmeApi api;
    private final BackendCalls backendCalls;
    private final AcmeFirmwareQuery firmware;
    private final AcmeModuleQuery modules;
    private final AcmeFirmwareCommands firmwareCommands;
    private final AcmeModuleCommands moduleCommands;

    private AcmeBackend(Connection connection, AcmeApi api, BackendCalls backendCalls) {
        this.connection = connection;
        this.api = api;
        this.backendCalls = backendCalls;
        AcmeCalls calls = new AcmeCalls(backendCalls);
        this.firmware = new AcmeFirmwareQuery(api, calls);
        this.modules = new AcmeModuleQuery(api, calls);
        this.firmwareCommands = new AcmeFirmwareCommands(api, calls, firmware, false);
        this.moduleCommands = new AcmeModuleCommands(api, calls, modules, false);
    }

    static AcmeBackend open(
            String name, Connection connection, Secret token, HttpTransport transport, BackendContext context) {
        AcmeApi api = transport
                .retrofit(
                        connection,
                        request -> request.newBuilder()
                                .header("Authorization", "Bearer " + token.reveal())
                                .build())
                .create(AcmeApi.class);
        Redactor redactor = transport.redactor(List.of(token.reveal()));
        return new AcmeBackend(
                connection,
                api,
                new BackendCalls(name, AcmeProvider.VENDOR, redactor, context, connection.limits(), Option.none()));
    }

    @Override
    public Backend within(Duration deadline) {
        return new AcmeBackend(connection, api, backendCalls.within(deadline));
    }

    @Override
    public String name() {
        return backendCalls.backend();
    }

    @Override
    public Vendor vendor() {
        return AcmeProvider.VENDOR;
    }

    @Override
    public String endpoint() {
        return connection.endpoint().toString();
    }

    @Override
    public String authentication() {
        return "token";
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
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
    public ModuleCommandPort moduleCommands() {
        return moduleCommands;
    }

    @Override
    public FirmwareCommandPort firmwareCommands() {
        return firmwareCommands;
    }
}
