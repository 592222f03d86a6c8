package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A headless Chromium, controlled by the DevTools protocol. Every command has a deadline. Closing it ends all its processes, and so
 * does the end of this process. Not thread-safe.
 */
final class Chromium implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;
    private static final String LISTENING = "DevTools listening on ";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final Thread killer;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Map<String, Consumer<JsonNode>> events = new ConcurrentHashMap<>();

    private Chromium(Process process) {
        this.process = process;
        this.killer = new Thread(this::kill);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            URI address = URI.create(within(address(process), "start"));
            socket = within(
                    HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Listener()), "connect");
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Finds the browser: {@code CHROMIUM}, or the first of the usual names in the path. */
    static Optional<Path> find(Map<String, String> environment) {
        Stream<Path> candidates = Optional.ofNullable(environment.get("CHROMIUM"))
                .map(file -> Stream.of(Path.of(file)))
                .orElseGet(() -> NAMES.stream()
                        .flatMap(name -> Stream.of(
                                        environment.getOrDefault("PATH", "").split(File.pathSeparator))
                                .map(directory -> Path.of(directory, name))));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    /** Starts a browser with an empty profile. */
    static Chromium start(Path executable, Path profile) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                // Containers have no sandbox, and the browser opens only files of these tests.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--window-size=1400,900",
                "about:blank");
        builder.environment().put("TMPDIR", profile.toString());
        return new Chromium(
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
    }

    /** Opens a tab, whose events are passed to a listener. */
    Session tab(Consumer<JsonNode> listener) {
        String target = call("", "Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        String session = call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        events.put(session, listener);
        return (method, parameters) -> call(session, method, parameters);
    }

    /** The session of one tab. */
    interface Session {
        JsonNode call(String method, Map<String, ?> parameters);
    }

    /** Waits for a result with a deadline. After it, the browser is killed. */
    <T> T within(Future<T> future, String what) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            close();
            throw new AssertionError("the browser did not " + what + " within " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new AssertionError(
                    "the browser could not " + what + ": " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the browser was to " + what, e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(killer);
        kill();
    }

    private JsonNode call(String session, String method, Map<String, ?> parameters) {
        int id = calls.incrementAndGet();
        ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
        message.set("params", json.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        within(socket.sendText(message.toString(), true), method);
        JsonNode told = within(answer, method);
        if (told.has("error")) {
            throw new AssertionError("the browser refused " + message + ": " + told.get("error"));
        }
        return told.path("result");
    }

    /** Reads the DevTools address from standard error, which must be read to its end. */
    private static Future<String> address(Process process) {
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            StringBuilder said = new StringBuilder();
            try (BufferedReader lines = process.errorReader(UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(LISTENING)) {
                        address.complete(line.substring(LISTENING.length()));
                    }
                    if (!address.isDone()) {
                        said.append(line).append('\n');
                    }
                }
            } catch (IOException e) {
                address.completeExceptionally(e);
            }
            address.completeExceptionally(new IOException("it ended and said\n" + said));
        });
        reader.setDaemon(true);
        reader.start();
        return address;
    }

    private void kill() {
        // The system removes the child processes after the browser has ended, so there is no wait.
        process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                take(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            onError(from, new IOException("the browser closed the connection: " + code + " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            answers.values().forEach(answer -> answer.completeExceptionally(error));
        }

        private void take(String text) {
            try {
                JsonNode told = json.readTree(text);
                if (told.has("id")) {
                    answers.remove(told.path("id").asInt()).complete(told);
                } else {
                    events.getOrDefault(told.path("sessionId").asText(), event -> {})
                            .accept(told);
                }
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
