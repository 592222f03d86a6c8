package io.otabridge.simulators.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vavr.control.Option;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on the loopback interface, based on the JDK's server. It passes each request to a {@link Service}
 * with its complete body, or to a {@link StreamingService} with its body as a stream, and writes the reply. All threads
 * are daemon threads.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());

    /** With the JDK's default of 50, clients wait a second if some hundred of them connect at the same time. */
    private static final int BACKLOG = 4096;

    private static final int THREADS = 32;

    private static final int BUFFER = 1 << 16;

    /** In place of the maximum size of a body: the service reads the body. */
    private static final int STREAMED = -1;

    static {
        // The JDK's server can only be configured by system properties. Without the first, each response waits 40 ms
        // for an
        // acknowledgement. Without the second, a request that never ends blocks its thread forever; the largest files
        // need some minutes.
        setDefault("sun.net.httpserver.nodelay", "true");
        setDefault("sun.net.httpserver.maxReqTime", "300");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final StreamingService service;
    private final int maxBody;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicBoolean losesNextResponse = new AtomicBoolean();
    private final AtomicReference<@Nullable Hook> hook = new AtomicReference<>();
    private final AtomicReference<@Nullable BodyFault> uploadFault = new AtomicReference<>();
    private final AtomicReference<@Nullable BodyFault> downloadFault = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** An action to run before the next matching request. */
    private record Hook(Predicate<ReceivedRequest> kind, Runnable action) {}

    private LoopbackServer(HttpServer server, StreamingService service, int maxBody) {
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
        return start(port, maxBody, (StreamingService) service);
    }

    /**
     * Starts a server whose service reads the bodies of requests.
     *
     * @param port the port to listen on, 0 for any free one
     * @throws UncheckedIOException if the port is taken
     */
    public static LoopbackServer start(int port, StreamingService service) {
        return start(port, STREAMED, service);
    }

    private static LoopbackServer start(int port, int maxBody, StreamingService service) {
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

    /**
     * Runs this action once, before the next matching request is handled. The action may send requests. A streamed
     * request has no body yet.
     */
    public void beforeNext(Predicate<ReceivedRequest> kind, Runnable action) {
        hook.set(new Hook(kind, action));
    }

    /**
     * Reads only this number of bytes of the next request body that is longer. Then the connection is closed, or stalls
     * until this server is closed.
     */
    public void interruptNextUpload(long afterBytes, boolean stalls) {
        uploadFault.set(new BodyFault(afterBytes, stalls, closed));
    }

    /**
     * Sends only this number of bytes of the next file. Then the connection is closed, or stalls until this server is
     * closed.
     */
    public void interruptNextDownload(long afterBytes, boolean stalls) {
        downloadFault.set(new BodyFault(afterBytes, stalls, closed));
    }

    private void runHook(ReceivedRequest call) {
        @Nullable Hook next = hook.get();
        if (next != null && next.kind().test(call) && hook.compareAndSet(next, null)) {
            next.action().run();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            HttpReply reply = reply(exchange);
            // Closing an exchange without a response closes its connection.
            if (!reply.isOfChange() || !losesNextResponse.getAndSet(false)) {
                write(exchange, reply);
            }
        }
    }

    private HttpReply reply(HttpExchange exchange) throws IOException {
        InputStream stream = requestBody(exchange);
        byte[] body = maxBody == STREAMED ? new byte[0] : stream.readNBytes(maxBody + 1);
        if (maxBody != STREAMED && body.length > maxBody) {
            return service.errorResponse(413);
        }
        ReceivedRequest call;
        try {
            call = toRequest(exchange, body);
        } catch (IllegalArgumentException e) {
            return service.errorResponse(400);
        }
        try {
            runHook(call);
            return service.respond(call, stream);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the simulator failed at " + exchange.getRequestURI(), e);
            return service.errorResponse(500);
        }
    }

    private InputStream requestBody(HttpExchange exchange) {
        InputStream body = exchange.getRequestBody();
        String length = Option.of(exchange.getRequestHeaders().getFirst("Content-Length"))
                .getOrElse("0");
        @Nullable BodyFault fault = uploadFault.get();
        return fault != null && Long.parseLong(length) > fault.afterBytes() && uploadFault.compareAndSet(fault, null)
                ? fault.wrap(body)
                : body;
    }

    private static ReceivedRequest toRequest(HttpExchange exchange, byte[] body) {
        URI uri = exchange.getRequestURI();
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String path = Option.of(uri.getRawPath()).getOrElse("");
        String query = Option.of(uri.getRawQuery()).getOrElse("");
        return new ReceivedRequest(exchange.getRequestMethod(), path, query, headers, body);
    }

    private void write(HttpExchange exchange, HttpReply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        reply.headers().forEach(headers::set);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        byte[] body = reply.body().getBytes(UTF_8);
        long length = reply.file().map(HttpReply.FileRange::length).getOrElse((long) body.length);
        if (isHead && reply.file().isDefined()) {
            headers.set("Content-Length", String.valueOf(length));
        }
        boolean hasNoBody = length == 0 || isHead;
        exchange.sendResponseHeaders(reply.status(), hasNoBody ? -1 : length);
        if (hasNoBody) {
            return;
        }
        if (reply.file().isDefined()) {
            write(exchange.getResponseBody(), reply.file().get());
        } else {
            exchange.getResponseBody().write(body);
        }
    }

    private void write(OutputStream connection, HttpReply.FileRange range) throws IOException {
        @Nullable BodyFault fault = downloadFault.get();
        OutputStream body =
                fault != null && range.length() > fault.afterBytes() && downloadFault.compareAndSet(fault, null)
                        ? fault.wrap(connection)
                        : connection;
        try (InputStream file = Files.newInputStream(range.file())) {
            file.skipNBytes(range.from());
            byte[] buffer = new byte[BUFFER];
            for (long left = range.length(); left > 0; ) {
                int count = file.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
                if (count == 0) {
                    throw new EOFException(range.file() + " became shorter");
                }
                body.write(buffer, 0, count);
                left -= count;
            }
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

    /** A service that needs the complete request. Must be safe for use by multiple threads. */
    public interface Service extends StreamingService {

        /** Returns the response to a request. */
        HttpReply respond(ReceivedRequest call);

        @Override
        default HttpReply respond(ReceivedRequest call, InputStream body) {
            return respond(call);
        }
    }

    /** A service that reads the body of a request itself. Must be safe for use by multiple threads. */
    public interface StreamingService {

        /**
         * Returns the response to a request.
         *
         * @param call the request without its body
         * @throws IOException if the body is incomplete; the connection is closed without a response
         */
        HttpReply respond(ReceivedRequest call, InputStream body) throws IOException;

        /**
         * Returns the response to a request that could not be handled: 400 malformed, 413 too large, 500 a bug in the
         * simulator.
         */
        HttpReply errorResponse(int status);
    }
}
