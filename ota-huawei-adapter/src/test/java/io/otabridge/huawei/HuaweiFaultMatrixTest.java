package io.otabridge.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.transport.HttpTransport;
import io.otabridge.contracts.fault.CallType;
import io.otabridge.contracts.fault.FaultProxy;
import io.otabridge.contracts.wire.FaultMatrixContract;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Injects faults between the adapter and a working simulator. */
class HuaweiFaultMatrixTest implements FaultMatrixContract {

    /** Loads the trust store of the platform once. */
    private static final OkHttpClient PLAIN = new OkHttpClient();

    private final HuaweiSimulator simulator = HuaweiSimulator.start();
    private final FaultProxy server = FaultProxy.before(simulator.endpoint());
    private OkHttpClient client;
    private Backend backend;

    @BeforeEach
    void open() {
        openBackend(server.endpoint(), Map.of(), Option.none());
    }

    @AfterEach
    void close() {
        server.close();
        simulator.close();
    }

    @Override
    public void openBackend(URI endpoint, Map<String, Object> limits, Option<X509TrustManager> trust) {
        client = trust.map(
                        trusted -> PLAIN.newBuilder().sslSocketFactory(FaultMatrixContract.sockets(trusted), trusted))
                .getOrElse(PLAIN::newBuilder)
                .connectionPool(new ConnectionPool())
                .build();
        Map<String, Object> settings = HuaweiFixture.settings(simulator, new HashMap<>());
        settings.putAll(limits);
        settings.put("endpoint", endpoint.toString());
        settings.put("pacing", "off");
        backend = new HuaweiProvider()
                .open(
                        "prod",
                        SettingsReader.of("backends.prod", settings),
                        BackendContext.system().withResource(HttpTransport.class, HttpTransport.over(client)))
                .get();
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public FaultProxy server() {
        return server;
    }

    @Override
    public int busyConnections() {
        return client.connectionPool().connectionCount()
                - client.connectionPool().idleConnectionCount();
    }

    @Override
    public List<String> secrets() {
        return List.of(simulator.accessKey(), simulator.secretKey());
    }

    @Override
    public FirmwareId givenFirmware() {
        return FirmwareId.of(HuaweiSimulator.DOCUMENTED_PACKAGE);
    }

    @Override
    public FirmwareId givenFirmwareToDelete() {
        simulator.addPackage(
                HuaweiPackage.builder("p-delete", "p-faults", "1.0").build());
        return FirmwareId.of("p-delete");
    }

    @Override
    public ProductId givenProduct() {
        return ProductId.of("p-faults");
    }

    @Override
    public boolean isChange(FaultProxy.Request request) {
        return !request.method().equals("GET");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource
    void has_the_documented_outcome(HuaweiFaultScenario scenario, CallType type) {
        expectOutcome(scenario, type);
    }

    static Stream<Arguments> has_the_documented_outcome() {
        return FaultMatrixContract.cells(HuaweiFaultScenario.values());
    }

    @Test
    void matches_the_documentation() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "internals", "fault-matrix.md")))
                .contains(FaultMatrixContract.rows(HuaweiFaultScenario.values()));
    }
}
