package io.otabridge.benchmarks;

import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A bridge to a server in another process, with backends {@code huawei} and {@code aliyun} without rate limiting. */
final class BenchmarkBridge implements AutoCloseable {

    private final ChildJvm server;
    private final OtaBridge ota;

    private BenchmarkBridge(ChildJvm server, OtaBridge ota) {
        this.server = server;
        this.ota = ota;
    }

    /** Opens a bridge with additional settings for both backends. */
    static BenchmarkBridge with(Map<String, ?> extraSettings) {
        try {
            ChildJvm server = new ProcessLauncher(module()).server();
            Map<String, Object> settings = new HashMap<>(extraSettings);
            settings.put("endpoint", "http://127.0.0.1:" + server.readLine());
            settings.put("credentials", Map.of("access-key", "AKBENCHMARK", "secret-key", "benchmark-secret"));
            settings.put("pacing", "off");
            Map<String, Object> huawei = new HashMap<>(settings);
            huawei.put("project-id", "04ed32dc1b0025b52fe3c01a27c2b0a8");
            return new BenchmarkBridge(
                    server,
                    OtaBridge.of(OtaConfig.builder()
                            .defaultBackend("huawei")
                            .backend("huawei", "huawei", huawei)
                            .backend("aliyun", "aliyun", settings)
                            .build()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Returns the folder of this Maven module, two levels above the classes. */
    private static Path module() {
        try {
            URI classes = BenchmarkBridge.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(classes).getParent().getParent();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    OtaBridge ota() {
        return ota;
    }

    /** Returns the number of requests that the server has handled so far. */
    long requests() throws IOException {
        return SideBySide.requests(server);
    }

    @Override
    public void close() {
        ota.close();
        server.close();
    }
}
