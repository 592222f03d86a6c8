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
 * An HTTP server on the loopback interface, based on the JDK's server. It reads a complete request, passes it to a
 * {@link Service} and writes the reply. Every request gets a response. All threads are daemon threads.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());

    /** With the JDK's default of 50, clients wait a second if some hundred of them connect at the same time. */
    private static final int BACKLOG = 4096;

    private static final int THREADS = 32;

    static {
        // The JDK's server can only be configured by system properties. Without the first, each response waits 40 ms
        // for an
        // acknowledgement. Without the second, a request that never ends blocks its thread forever.
        setDefault("sun.net.httpserver.nodelay", "true");
        setDefault("sun.net.httpserver.maxReqTime", "10");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Service service;
    private final int maxBody;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicBoolean losesNextResponse = new AtomicBoolean();
    private final AtomicReference<@Nullable Hook> hook = new AtomicReference<>();

    /** An action to run before the next matching request. */
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
     * @param maxBody the maximum size of a request body in bytes; the response to a larger one is {@code errorResponse(413)}
     * @throws UncheckedIOException if the port is taken
     */
    public static LoopbackServer start(int port, int maxBody, Service service) {
        try {
            InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
            LoopbackServer started = new LoopbackServer(server, service, maxBody);
            server.createContext("/", started::handle);
            server.setExecutor(started.threads);
            // The server's thread is a daemon if the thread that starts it is.
            CompletableFuture.runAsync(server::start, started.threads).join();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port + " of 127.0.0.1", e);
        }
    }

    /** Returns the endpoint, as {@code http://127.0.0.1:port}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns the number of requests received so far, rejected ones included. */
    public long requestCount() {
        return requests.get();
    }

    /**
     * Closes the connection instead of sending the next reply to {@linkplain HttpReply#isOfChange a change}. Reads and
     * rejected requests before it get a response.
     */
    public void loseNextResponse() {
        losesNextResponse.set(true);
    }

    /** Runs this action once, before the next matching request is handled. The action may send requests. */
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
            HttpReply reply = body.length > maxBody ? service.errorResponse(413) : handle(exchange, body);
            // Closing an exchange without a response closes its connection.
            if (!reply.isOfChange() || !losesNextResponse.getAndSet(false)) {
                write(exchange, reply);
            }
        }
    }

    private HttpReply handle(HttpExchange exchange, byte[] body) {
        ReceivedRequest call;
        try {
            call = toRequest(exchange, body);
        } catch (IllegalArgumentException e) {
            return service.errorResponse(400);
        }
        try {
            runHook(call);
            return service.respond(call);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the simulator failed at " + exchange.getRequestURI(), e);
            return service.errorResponse(500);
        }
    }

    private static ReceivedRequest toRequest(HttpExchange exchange, byte[] body) {
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
        boolean hasNoBody = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), hasNoBody ? -1 : body.length);
        if (!hasNoBody) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** The service behind the server. Must be safe for use by multiple threads. */
    public interface Service {

        /** Returns the response to a request. */
        HttpReply respond(ReceivedRequest call);

        /**
         * Returns the response to a request that could not be handled: 400 malformed, 413 too large, 500 a bug in the
         * simulator.
         */
        HttpReply errorResponse(int status);
    }
}
