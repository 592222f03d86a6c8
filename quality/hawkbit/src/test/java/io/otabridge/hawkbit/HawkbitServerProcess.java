package io.otabridge.hawkbit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A hawkBit server in a process of its own, with its data in memory. */
final class HawkbitServerProcess implements AutoCloseable {

    static final String USER = "operator";
    static final String PASSWORD = "hawkbit+very/secret";

    private static final Pattern PORT = Pattern.compile(".*Jetty started on port\\(s\\) ([0-9]+) .*");
    private static final Pattern STARTED = Pattern.compile(".*Started HawkbitServer in .*");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final int port;

    private HawkbitServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the server and waits until it answers a creation: a server with wrong settings starts as well. */
    static HawkbitServerProcess start() throws IOException {
        Path target = Path.of(System.getProperty("hawkbit.server"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                // A library of the server changes classes of the JDK.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                target.resolve("classes")
                        + System.getProperty("path.separator")
                        + Files.readString(target.resolve("classpath")).strip(),
                "io.otabridge.hawkbit.server.HawkbitServer",
                "--spring.security.user.name=" + USER,
                "--spring.security.user.password={noop}" + PASSWORD);
        Process process = builder.redirectErrorStream(true).start();
        StringBuilder output = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        int port = 0;
        for (String line; (line = lines.readLine()) != null; ) {
            output.append(line).append('\n');
            Matcher listening = PORT.matcher(line);
            if (listening.matches()) {
                port = Integer.parseInt(listening.group(1));
            }
            if (STARTED.matcher(line).matches()) {
                drain(lines);
                HawkbitServerProcess server = new HawkbitServerProcess(process, port);
                server.post(
                        "/rest/v1/targettags",
                        JSON.createArrayNode().add(JSON.createObjectNode().put("name", "any")));
                return server;
            }
        }
        throw new IllegalStateException(output.toString());
    }

    /** A process whose output is not read stops when the pipe is full. */
    private static void drain(BufferedReader lines) {
        Thread reader = new Thread(() -> {
            try {
                while (lines.readLine() != null) {}
            } catch (IOException ended) {
                // The process has ended.
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Deletes everything. A rollout that is deleted alone keeps its name. */
    void reset() {
        send("DELETE", "/system/admin/tenants/DEFAULT", null);
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode post(String path, JsonNode body) {
        return send("POST", path, body);
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body) {
        String credentials =
                Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint().resolve(path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.ofByteArray(new byte[0])
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (!path.startsWith("/DEFAULT/")) {
            request.header("Authorization", "Basic " + credentials);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + response.body());
            }
            return response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
