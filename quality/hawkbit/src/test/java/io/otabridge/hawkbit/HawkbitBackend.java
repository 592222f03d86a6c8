package io.otabridge.hawkbit;

import io.otabridge.client.BackendClient;
import io.otabridge.client.HttpBackend;
import io.otabridge.client.OperationClient;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.device.DeviceQueryPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.Credentials;

/** One tenant of a hawkBit server. */
final class HawkbitBackend extends HttpBackend {

    static final Vendor VENDOR = Vendor.of("hawkbit");

    static final Capabilities CAPABILITIES = Capabilities.of(
                    Capability.FIND_FIRMWARE,
                    Capability.LIST_FIRMWARE,
                    Capability.FIND_DEVICE,
                    Capability.LIST_DEVICES,
                    Capability.FIND_DEVICES_BY_VERSION,
                    Capability.FIND_JOB,
                    Capability.FIND_JOB_BY_TOKEN,
                    Capability.LIST_JOBS,
                    Capability.LIST_TASKS,
                    Capability.CREATE_JOB,
                    Capability.JOB_FOR_ALL,
                    Capability.REPLACE_TASKS,
                    Capability.CANCEL_JOB,
                    Capability.DELETE_JOB)
            .without(Capability.RETRY_TASKS, "Create a job for the devices that failed")
            .without(Capability.CONTINUOUS_JOB, "Set up an automatic assignment in hawkBit")
            .without(Capability.LIST_UNFINISHED_TASKS, "List the tasks of the running jobs")
            .without(Capability.CONFIRM_TASKS, "Create the job when its tasks may begin")
            .without(Capability.VERIFY_FIRMWARE, "Create a job for test devices")
            .without(Capability.VERIFICATION, "Create a job for test devices")
            .without(Capability.SOFTWARE_PACKAGES, "Use a module for software");

    private final ConnectionSettings connection;
    private final HawkbitApi api;
    private final OperationClient client;
    private final OperationClient deletions;
    private final HawkbitOperations operations;

    private HawkbitBackend(ConnectionSettings connection, HawkbitApi api, BackendClient calls) {
        super(calls, connection);
        this.connection = connection;
        this.api = api;
        this.operations = new HawkbitOperations(api, calls.redactor());
        this.client = new OperationClient(calls, new HawkbitDecoder(204), CAPABILITIES);
        this.deletions = new OperationClient(calls, new HawkbitDecoder(200), CAPABILITIES);
    }

    /** Opens backends for hawkBit: settings {@code endpoint}, {@code user}, {@code password} and those of calls. */
    static final class Provider implements BackendProvider {

        @Override
        public Vendor vendor() {
            return VENDOR;
        }

        @Override
        public Either<List<ConfigError>, Backend> open(String name, SettingsReader settings, BackendContext context) {
            Option<ConnectionSettings> connection = ConnectionSettings.read(settings);
            Option<Secret> user = settings.secret("user");
            Option<Secret> password = settings.secret("password");
            HttpTransport transport = HttpTransport.of(context);
            connection.forEach(found -> transport.checkProxy(settings, found));
            return settings.finish(
                    () -> HawkbitBackend.open(name, connection.get(), user.get(), password.get(), transport, context));
        }
    }

    private static HawkbitBackend open(
            String name,
            ConnectionSettings connection,
            Secret user,
            Secret password,
            HttpTransport transport,
            BackendContext context) {
        String authorization = Credentials.basic(user.reveal(), password.reveal(), StandardCharsets.UTF_8);
        HawkbitApi api = transport
                .retrofit(
                        connection,
                        request -> request.newBuilder()
                                .header("Authorization", authorization)
                                .build())
                .create(HawkbitApi.class);
        return new HawkbitBackend(
                connection,
                api,
                new BackendClient(
                        name,
                        VENDOR,
                        transport.redactor(List.of(password.reveal(), authorization)),
                        context,
                        connection.callOptions(),
                        Option.none()));
    }

    @Override
    public Backend within(Duration deadline) {
        return new HawkbitBackend(connection, api, client().withTimeout(deadline));
    }

    @Override
    public String authentication() {
        return "password";
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public FirmwareQueryPort firmware() {
        return new HawkbitFirmwareQuery(client, operations);
    }

    @Override
    public DeviceQueryPort devices() {
        return new HawkbitDeviceQuery(client, operations);
    }

    @Override
    public JobQueryPort jobs() {
        return jobQuery();
    }

    private HawkbitJobQuery jobQuery() {
        return new HawkbitJobQuery(client, operations, firmware());
    }

    @Override
    public JobCommandPort jobCommands() {
        return new HawkbitJobCommands(
                client, deletions, operations, jobQuery(), firmware(), client().deadline(), false);
    }
}
