package io.otabridge.simulators.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that only this machine can reach, on the JDK's own server. It reads a request whole, hands it to a
 * {@link Service} and writes the reply; whatever the request holds, the client gets an answer. All its threads are
 * daemons, so a forgotten server keeps no JVM alive.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());

    /** The JDK's default of 50 makes clients wait a second as soon as some hundred connect at once. */
    private static final int BACKLOG = 4096;

    private static final int THREADS = 32;

    static {
        // The JDK's server reads these once and knows no other way to be told. Without the first, each answer waits 40
        // ms
        // for an acknowledgement; without the second, a request that never ends holds its thread for ever.
        presetUnlessGiven("sun.net.httpserver.nodelay", "true");
        presetUnlessGiven("sun.net.httpserver.maxReqTime", "10");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Service service;
    private final int maxBody;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicBoolean losesNextAnswer = new AtomicBoolean();
    private final AtomicReference<@Nullable Hook> hook = new AtomicReference<>();

    /** What happens before the next request of a kind. */
    private record Hook(Predicate<ReceivedRequest> kind, Runnable action) {}

    private LoopbackServer(HttpServer server, Service service, int maxBody) {
        this.server = server;
        this.service = service;
        this.maxBody = maxBody;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> daemon(task, "ota-simulator"));
    }

    /**
     * Starts a server.
     *
     * @param port the port to listen on, 0 for any free one
     * @param maxBody the bytes of the longest body that is read; a longer one is answered with {@code refusal(413)}
     * @throws UncheckedIOException if the port is taken
     */
    public static LoopbackServer start(int port, int maxBody, Service service) {
        try {
            InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
            LoopbackServer started = new LoopbackServer(server, service, maxBody);
            server.createContext("/", started::handle);
            server.setExecutor(started.threads);
            // The server's own thread is a daemon if the one that starts it is.
            CompletableFuture.runAsync(server::start, started.threads).join();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port + " of 127.0.0.1", e);
        }
    }

    /** Where it listens, as {@code http://127.0.0.1:port}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many requests have come in so far, refused ones included. */
    public long requestCount() {
        return requests.get();
    }

    /**
     * The next reply to {@linkplain HttpReply#isOfChange a change} is not written: the connection is closed in its place.
     * Questions and refusals before it are answered.
     */
    public void loseNextAnswer() {
        losesNextAnswer.set(true);
    }

    /** Runs the action once, before the next request of this kind is handled; the action may send requests. */
    public void beforeNext(Predicate<ReceivedRequest> kind, Runnable action) {
        hook.set(new Hook(kind, action));
    }

    private void runHook(ReceivedRequest call) {
        @Nullable Hook next = hook.get();
        if (next != null && next.kind().test(call) && hook.compareAndSet(next, null)) {
            next.action().run();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(maxBody + 1);
            HttpReply reply = body.length > maxBody ? service.refusal(413) : answer(exchange, body);
            // An exchange that is closed without an answer takes its connection with it.
            if (!reply.isOfChange() || !losesNextAnswer.getAndSet(false)) {
                write(exchange, reply);
            }
        }
    }

    private HttpReply answer(HttpExchange exchange, byte[] body) {
        ReceivedRequest call;
        try {
            call = toCall(exchange, body);
        } catch (IllegalArgumentException e) {
            return service.refusal(400);
        }
        try {
            runHook(call);
            return service.answer(call);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the simulator failed at " + exchange.getRequestURI(), e);
            return service.refusal(500);
        }
    }

    private static ReceivedRequest toCall(HttpExchange exchange, byte[] body) {
        URI uri = exchange.getRequestURI();
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String path = Option.of(uri.getRawPath()).getOrElse("");
        String query = Option.of(uri.getRawQuery()).getOrElse("");
        return new ReceivedRequest(exchange.getRequestMethod(), path, query, headers, body);
    }

    private static void write(HttpExchange exchange, HttpReply reply) throws IOException {
        byte[] body = reply.body().getBytes(UTF_8);
        Headers headers = exchange.getResponseHeaders();
        reply.headers().forEach(headers::set);
        boolean isBodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), isBodiless ? -1 : body.length);
        if (!isBodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void presetUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** What a vendor answers. Called by many threads at once. */
    public interface Service {

        /** The answer to a request. */
        HttpReply answer(ReceivedRequest call);

        /** The answer to a request that cannot be read: 400 malformed, 413 too large, 500 a mistake of the simulator. */
        HttpReply refusal(int status);
    }
}
