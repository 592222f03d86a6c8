package io.otabridge.acme;

import io.otabridge.client.BackendClient;
import io.otabridge.client.HttpBackend;
import io.otabridge.client.OperationClient;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;

/** One account on Acme Shelf. */
final class AcmeBackend extends HttpBackend {

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
            .without(
                    Capability.FIND_MODULE_BY_ID,
                    "Look up the module by product and name. Acme Shelf has no module ids")
            .without(Capability.UPDATE_MODULE, "Delete the module and create it again")
            .without(Capability.SOFTWARE_PACKAGES, "Use a separate module for software")
            .without(Capability.VERIFICATION, "Deploy a package to a few devices first");

    private final ConnectionSettings connection;
    private final AcmeOperations operations;
    private final OperationClient client;

    private AcmeBackend(ConnectionSettings connection, AcmeOperations operations, BackendClient calls) {
        super(calls, connection);
        this.connection = connection;
        this.operations = operations;
        this.client = new OperationClient(calls, new AcmeResponseDecoder(), CAPABILITIES);
    }

    static AcmeBackend open(
            String name, ConnectionSettings connection, Secret token, HttpTransport transport, BackendContext context) {
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
                new AcmeOperations(api),
                new BackendClient(
                        name, AcmeProvider.VENDOR, redactor, context, connection.callOptions(), Option.none()));
    }

    @Override
    public Backend within(Duration deadline) {
        return new AcmeBackend(connection, operations, client().withTimeout(deadline));
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
    public FirmwareQueryPort firmware() {
        return new AcmeFirmwareQuery(client, operations);
    }

    @Override
    public FirmwareCommandPort firmwareCommands() {
        return new AcmeFirmwareCommands(client, operations, firmware());
    }

    @Override
    public ModuleQueryPort modules() {
        return new AcmeModuleQuery(client, operations);
    }

    @Override
    public ModuleCommandPort moduleCommands() {
        return new AcmeModuleCommands(client, operations, modules());
    }
}
