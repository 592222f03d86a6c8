package io.otabridge.contracts.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.X509TrustManager;

/**
 * A proxy between a backend and its vendor that injects network faults. It uses plain sockets, so that it can send any
 * bytes. Without a fault it forwards everything over keep-alive connections. It listens on the loopback interface only
 * and uses daemon threads. Safe for use by multiple threads. TLS faults need {@code com.squareup.okhttp3:okhttp-tls}
 * on the class path.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int BACKLOG = 256;

    private static final Map<WireFaultScenario.Trait, LoopbackCertificates.Kind> CERTIFICATES = Map.of(
            WireFaultScenario.Trait.OVER_TLS, LoopbackCertificates.Kind.VALID,
            WireFaultScenario.Trait.WRONG_HOST, LoopbackCertificates.Kind.WRONG_HOST,
            WireFaultScenario.Trait.EXPIRED, LoopbackCertificates.Kind.EXPIRED,
            WireFaultScenario.Trait.SELF_SIGNED, LoopbackCertificates.Kind.SELF_SIGNED);

    private final URI vendor;
    private final ServerSocket listener;
    private final Socket closedPort;
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultProxy::daemon);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<Request> received = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile ActiveFault current = new ActiveFault(Option.none(), request -> false);

    private FaultProxy(URI vendor, ServerSocket listener, Socket closedPort) {
        this.vendor = vendor;
        this.listener = listener;
        this.closedPort = closedPort;
    }

    /**
     * Starts a proxy on a free port.
     *
     * @param vendor the endpoint of the vendor, as {@code http://127.0.0.1:port}. It receives the {@code Host} header
     * unchanged
     */
    public static FaultProxy before(URI vendor) {
        try {
            InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
            Socket closedPort = new Socket();
            closedPort.bind(new InetSocketAddress(loopback, 0));
            FaultProxy server = new FaultProxy(vendor, new ServerSocket(0, BACKLOG, loopback), closedPort);
            server.threads.execute(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on a port of 127.0.0.1", e);
        }
    }

    /** Injects this fault into every matching connection or request from now on, and resets the counters. */
    public void play(WireFaultScenario fault, Predicate<Request> requests) {
        current = new ActiveFault(Option.some(fault), requests);
    }

    /** Returns the endpoint to configure while the current fault is active. */
    public URI endpoint() {
        boolean isTls = current.certificate().isDefined();
        int port =
                current.has(WireFaultScenario.Trait.UNREACHABLE) ? closedPort.getLocalPort() : listener.getLocalPort();
        return URI.create((isTls ? "https" : "http") + "://127.0.0.1:" + port);
    }

    /** Returns the endpoint of the vendor. */
    public URI vendor() {
        return vendor;
    }

    /** Returns the trust manager that clients need while this proxy uses TLS. */
    public X509TrustManager trust() {
        return LoopbackCertificates.trust();
    }

    /** Returns how many times the current fault has been injected. */
    public int played() {
        return current.played.get();
    }

    /**
     * Returns whether the current fault needs a response body but the vendor's response had none. The fault is not
     * injected then.
     */
    public boolean responseHadNoBody() {
        return current.responseHadNoBody;
    }

    /** Returns the number of accepted connections. */
    public int connections() {
        return connections.get();
    }

    /** Returns all received requests, in order. */
    public List<Request> received() {
        return List.ofAll(received);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        threads.shutdownNow();
        closeQuietly(closedPort);
        open.forEach(FaultProxy::closeQuietly);
    }

    /** A received request. */
    public record Request(String method, String target, String text) {

        private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *([0-9]+)");

        /** Reads the next request; none if the client has closed the connection. */
        private static Option<Request> read(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return Option.none();
                }
                head.append((char) next);
            }
            Matcher length = LENGTH.matcher(head);
            byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            String[] parts = head.toString().split(" ", 3);
            return Option.some(new Request(parts[0], parts[1], head + new String(body, ISO_8859_1)));
        }

        /** Returns the value of a header. Names are not case-sensitive. */
        public Option<String> header(String name) {
            Matcher found = Pattern.compile("(?i)\r\n" + Pattern.quote(name) + ": *([^\r]*)")
                    .matcher(text);
            return found.find() ? Option.some(found.group(1)) : Option.none();
        }
    }

    /** A response of the vendor. */
    public static final class Response {

        private final String head;
        private final byte[] body;

        private Response(String head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        /** Returns the status line and headers, each with a line break, without those that delimit the body. */
        public String head() {
            return head;
        }

        /** Returns the body. The array is not copied and must not be modified. */
        public byte[] body() {
            return body;
        }
    }

    /** A request or connection into which a fault is injected. */
    public static final class Exchange {

        private final ActiveFault active;
        private final Socket connection;
        private final Socket socket;
        private final int number;
        private final Option<Upstream> upstream;

        private Exchange(ActiveFault active, Socket connection, Socket socket, int number, Option<Upstream> upstream) {
            this.active = active;
            this.connection = connection;
            this.socket = socket;
            this.number = number;
            this.upstream = upstream;
        }

        /** Returns how many times the fault has been injected, this time included. */
        public int number() {
            return number;
        }

        /**
         * Returns the vendor's response to the request. The first call forwards the request to the vendor, which
         * executes it. Later requests under the same fault get the same response and are not forwarded.
         */
        public Response response() throws IOException {
            if (active.response.isEmpty()) {
                active.response =
                        Option.some(upstream.getOrElseThrow(() -> new IllegalStateException("no request was read"))
                                .send());
            }
            return active.response.get();
        }

        /** Sends these bytes unchanged. */
        public void send(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        /** Sends this text unchanged, in UTF-8. */
        public void send(String text) throws IOException {
            send(text.getBytes(UTF_8));
        }

        /**
         * Sends a complete response.
         *
         * @param status status code and reason phrase, as {@code 404 Not Found}
         * @param headers the headers, each with a line break at its end
         */
        public void respond(String status, String headers, String body) throws IOException {
            send("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.getBytes(UTF_8).length
                    + "\r\nConnection: close\r\n\r\n" + body);
        }

        /** Forwards the vendor's response. */
        public void forward() throws IOException {
            send(framed(response(), "Connection: close\r\n"));
        }

        /** Waits until the client sends something or closes the connection. */
        public void listen() throws IOException {
            socket.getInputStream().read();
        }

        /** Waits until the client closes the connection. */
        public void hang() throws IOException {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // Ignores what the client sends.
            }
        }

        /** Resets the connection, so that the client receives an error instead of an end of stream. */
        public void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }

    /** Forwards the current request to the vendor. */
    private interface Upstream {
        Response send() throws IOException;
    }

    /** The current fault and its counters. */
    private static final class ActiveFault {

        private final Option<WireFaultScenario> fault;
        private final Predicate<Request> requests;
        private final AtomicInteger played = new AtomicInteger();
        private volatile Option<Response> response = Option.none();
        private volatile boolean responseHadNoBody;

        ActiveFault(Option<WireFaultScenario> fault, Predicate<Request> requests) {
            this.fault = fault;
            this.requests = requests;
        }

        boolean has(WireFaultScenario.Trait trait) {
            return fault.exists(known -> known.traits().contains(trait));
        }

        Option<LoopbackCertificates.Kind> certificate() {
            return fault.flatMap(known -> List.ofAll(known.traits())
                    .flatMap(trait -> Option.of(CERTIFICATES.get(trait)))
                    .headOption());
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connections.incrementAndGet();
                open.add(connection);
                threads.execute(() -> serve(connection));
            }
        } catch (IOException | RejectedExecutionException closed) {
            // The proxy is closed.
        }
    }

    private void serve(Socket connection) {
        ActiveFault active = current;
        try (connection) {
            connection.setTcpNoDelay(true);
            if (active.has(WireFaultScenario.Trait.PER_CONNECTION)) {
                inject(connection, active);
            }
            if (!connection.isClosed()) {
                Socket socket = active.certificate().isDefined()
                        ? LoopbackCertificates.serverSide(active.certificate().get(), connection)
                        : connection;
                serve(connection, socket);
            }
        } catch (IOException gone) {
            // The client or the fault has closed the connection.
        } finally {
            open.remove(connection);
        }
    }

    /**
     * Counts the fault. An invalid certificate needs no further action; other faults are injected, and the connection
     * is closed.
     */
    private static void inject(Socket connection, ActiveFault active) throws IOException {
        int number = active.played.incrementAndGet();
        if (active.certificate().forAll(LoopbackCertificates.Kind.VALID::equals)) {
            active.fault.get().play(new Exchange(active, connection, connection, number, Option.none()));
            connection.close();
        }
    }

    private void serve(Socket connection, Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        Option<Request> next = Request.read(in);
        while (next.isDefined()) {
            ActiveFault active = current;
            Request request = next.get();
            received.add(request);
            if (active.requests.test(request) && !active.has(WireFaultScenario.Trait.PER_CONNECTION)) {
                int number = active.played.incrementAndGet();
                play(active, new Exchange(active, connection, socket, number, Option.some(() -> forward(request))));
                return;
            }
            Response response = forward(request);
            socket.getOutputStream().write(framed(response, ""));
            next = Request.read(in);
        }
    }

    private static void play(ActiveFault active, Exchange exchange) throws IOException {
        if (active.has(WireFaultScenario.Trait.REQUIRES_BODY)
                && exchange.response().body().length == 0) {
            active.responseHadNoBody = true;
            exchange.forward();
        } else {
            active.fault.get().play(exchange);
        }
    }

    private static byte[] framed(Response response, String headers) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(
                (response.head() + headers + "Content-Length: " + response.body().length + "\r\n\r\n").getBytes(UTF_8));
        whole.write(response.body());
        return whole.toByteArray();
    }

    private Response forward(Request request) throws IOException {
        try (Socket socket = new Socket(vendor.getHost(), vendor.getPort())) {
            // HTTP/1.0, so that the end of the response is the end of the connection.
            String once = request.text()
                    .replaceFirst(" HTTP/1.1\r\n", " HTTP/1.0\r\n")
                    .replaceFirst("(?i)\r\nConnection:[^\r]*", "\r\nConnection: close");
            socket.getOutputStream().write(once.getBytes(ISO_8859_1));
            byte[] response = socket.getInputStream().readAllBytes();
            String text = new String(response, ISO_8859_1);
            int end = text.indexOf("\r\n\r\n") + 2;
            String head =
                    text.substring(0, end).replaceAll("(?i)(Content-Length|Connection|Transfer-Encoding):.*\r\n", "");
            return new Response(head, Arrays.copyOfRange(response, end + 2, response.length));
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ota-fault-proxy");
        thread.setDaemon(true);
        return thread;
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a socket", e);
        }
    }
}
