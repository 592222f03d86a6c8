package io.otabridge.simulators.fault;

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
 * Stands between a backend and its vendor and plays faults, on plain sockets, so that whatever can come over a wire can come
 * from here. Without a fault it passes everything on, over connections that stay open. Only this machine can reach it. All its
 * threads are daemons. Safe for many threads. TLS failures need {@code com.squareup.okhttp3:okhttp-tls} on the class path.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int BACKLOG = 256;

    private static final Map<WireFaultScenario.Trait, LoopbackCertificates.Kind> CERTIFICATES = Map.of(
            WireFaultScenario.Trait.OVER_TLS, LoopbackCertificates.Kind.SOUND,
            WireFaultScenario.Trait.WRONG_HOST, LoopbackCertificates.Kind.WRONG_HOST,
            WireFaultScenario.Trait.EXPIRED, LoopbackCertificates.Kind.EXPIRED,
            WireFaultScenario.Trait.SELF_SIGNED, LoopbackCertificates.Kind.SELF_SIGNED);

    private final URI vendor;
    private final ServerSocket listener;
    private final Socket silent;
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultProxy::daemon);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<Request> received = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Play current = new Play(Option.none(), request -> false);

    private FaultProxy(URI vendor, ServerSocket listener, Socket silent) {
        this.vendor = vendor;
        this.listener = listener;
        this.silent = silent;
    }

    /**
     * A server on a free port.
     *
     * @param vendor the vendor that is well, as {@code http://127.0.0.1:port}; it is told the host that the backend called
     */
    public static FaultProxy before(URI vendor) {
        try {
            InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
            Socket silent = new Socket();
            silent.bind(new InetSocketAddress(loopback, 0));
            FaultProxy server = new FaultProxy(vendor, new ServerSocket(0, BACKLOG, loopback), silent);
            server.threads.execute(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on a port of 127.0.0.1", e);
        }
    }

    /** From now on this fault is played to every connection or request that it befalls, and counted anew. */
    public void play(WireFaultScenario fault, Predicate<Request> requests) {
        current = new Play(Option.some(fault), requests);
    }

    /** Where a backend finds it while the current fault is played. */
    public URI endpoint() {
        boolean isTls = current.certificate().isDefined();
        int port = current.has(WireFaultScenario.Trait.UNREACHABLE) ? silent.getLocalPort() : listener.getLocalPort();
        return URI.create((isTls ? "https" : "http") + "://127.0.0.1:" + port);
    }

    /** The vendor behind it. */
    public URI vendor() {
        return vendor;
    }

    /** Whom a client is to trust while TLS is spoken here. */
    public X509TrustManager trust() {
        return LoopbackCertificates.trust();
    }

    /** How often the current fault has been played. */
    public int played() {
        return current.played.get();
    }

    /** Whether the current fault met a good answer without a body, which it cannot befall. */
    public boolean metNoBody() {
        return current.metNoBody;
    }

    /** How many connections have come. */
    public int connections() {
        return connections.get();
    }

    /** Every request that came, in the order of its coming. */
    public List<Request> received() {
        return List.ofAll(received);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        threads.shutdownNow();
        closeQuietly(silent);
        open.forEach(FaultProxy::closeQuietly);
    }

    /** A request as it came. */
    public record Request(String method, String target, String text) {

        private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *([0-9]+)");

        /** The next one; absent if the client is gone. */
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
            String[] words = head.toString().split(" ", 3);
            return Option.some(new Request(words[0], words[1], head + new String(body, ISO_8859_1)));
        }

        /** The value of a header, in any case of its name. */
        public Option<String> header(String name) {
            Matcher found = Pattern.compile("(?i)\r\n" + Pattern.quote(name) + ": *([^\r]*)")
                    .matcher(text);
            return found.find() ? Option.some(found.group(1)) : Option.none();
        }
    }

    /** An answer of the vendor that is well. */
    public static final class Answer {

        private final String head;
        private final byte[] body;

        private Answer(String head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        /** Its status line and headers, each with a line break, without those that say where the body ends. */
        public String head() {
            return head;
        }

        /** The bytes of its body, not copied: do not change them. */
        public byte[] body() {
            return body;
        }
    }

    /** One chance to play a fault. */
    public static final class Exchange {

        private final Play play;
        private final Socket connection;
        private final Socket socket;
        private final int number;
        private final Option<Vendor> vendor;

        private Exchange(Play play, Socket connection, Socket socket, int number, Option<Vendor> vendor) {
            this.play = play;
            this.connection = connection;
            this.socket = socket;
            this.number = number;
            this.vendor = vendor;
        }

        /** How often the fault has been played, this time included. */
        public int number() {
            return number;
        }

        /**
         * What the vendor answers to the request. It is asked now if the fault wants to know for the first time, and does what
         * it is asked for; it learns of no other request to which the fault is played.
         */
        public Answer good() throws IOException {
            if (play.good.isEmpty()) {
                play.good = Option.some(vendor.getOrElseThrow(() -> new IllegalStateException("no request was read"))
                        .answer());
            }
            return play.good.get();
        }

        /** Sends these bytes, as they are. */
        public void send(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        /** Sends this text, as it is. */
        public void send(String text) throws IOException {
            send(text.getBytes(UTF_8));
        }

        /**
         * Sends a whole answer.
         *
         * @param status with its reason, as {@code 404 Not Found}
         * @param headers each with a line break at its end
         */
        public void answer(String status, String headers, String body) throws IOException {
            send("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.getBytes(UTF_8).length
                    + "\r\nConnection: close\r\n\r\n" + body);
        }

        /** Sends the good answer. */
        public void passOn() throws IOException {
            send(framed(good(), "Connection: close\r\n"));
        }

        /** Reads what the client sends next, if there is anything. */
        public void listen() throws IOException {
            socket.getInputStream().read();
        }

        /** Does nothing until the client is gone. */
        public void hang() throws IOException {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // It has nothing to say that would change anything.
            }
        }

        /** Breaks the connection, so that the client gets an error and not an end. */
        public void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }

    /** The vendor with a request before it. */
    private interface Vendor {
        Answer answer() throws IOException;
    }

    /** A fault, and how far it has come. */
    private static final class Play {

        private final Option<WireFaultScenario> fault;
        private final Predicate<Request> requests;
        private final AtomicInteger played = new AtomicInteger();
        private volatile Option<Answer> good = Option.none();
        private volatile boolean metNoBody;

        Play(Option<WireFaultScenario> fault, Predicate<Request> requests) {
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
            // Nobody is served any more.
        }
    }

    private void serve(Socket connection) {
        Play play = current;
        try (connection) {
            connection.setTcpNoDelay(true);
            if (play.has(WireFaultScenario.Trait.OF_CONNECTION)) {
                befall(connection, play);
            }
            if (!connection.isClosed()) {
                Socket socket = play.certificate().isDefined()
                        ? LoopbackCertificates.serverSide(play.certificate().get(), connection)
                        : connection;
                serve(connection, socket);
            }
        } catch (IOException gone) {
            // The client ends a connection as it likes, and some faults do.
        } finally {
            open.remove(connection);
        }
    }

    /** A certificate is a fault by itself; any other is played, and the connection closed. */
    private static void befall(Socket connection, Play play) throws IOException {
        int number = play.played.incrementAndGet();
        if (play.certificate().forAll(LoopbackCertificates.Kind.SOUND::equals)) {
            play.fault.get().play(new Exchange(play, connection, connection, number, Option.none()));
            connection.close();
        }
    }

    private void serve(Socket connection, Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        Option<Request> request = Request.read(in);
        while (request.isDefined()) {
            Play play = current;
            Request asked = request.get();
            received.add(asked);
            if (play.requests.test(asked) && !play.has(WireFaultScenario.Trait.OF_CONNECTION)) {
                int number = play.played.incrementAndGet();
                play(play, new Exchange(play, connection, socket, number, Option.some(() -> ask(asked))));
                return;
            }
            Answer answer = ask(asked);
            socket.getOutputStream().write(framed(answer, ""));
            request = Request.read(in);
        }
    }

    private static void play(Play play, Exchange exchange) throws IOException {
        if (play.has(WireFaultScenario.Trait.OF_BODY) && exchange.good().body().length == 0) {
            play.metNoBody = true;
            exchange.passOn();
        } else {
            play.fault.get().play(exchange);
        }
    }

    private static byte[] framed(Answer answer, String headers) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write((answer.head() + headers + "Content-Length: " + answer.body().length + "\r\n\r\n").getBytes(UTF_8));
        whole.write(answer.body());
        return whole.toByteArray();
    }

    private Answer ask(Request request) throws IOException {
        try (Socket socket = new Socket(vendor.getHost(), vendor.getPort())) {
            // So that the answer ends with the connection, whatever it is.
            String once = request.text()
                    .replaceFirst(" HTTP/1.1\r\n", " HTTP/1.0\r\n")
                    .replaceFirst("(?i)\r\nConnection:[^\r]*", "\r\nConnection: close");
            socket.getOutputStream().write(once.getBytes(ISO_8859_1));
            byte[] answer = socket.getInputStream().readAllBytes();
            String text = new String(answer, ISO_8859_1);
            int end = text.indexOf("\r\n\r\n") + 2;
            String head =
                    text.substring(0, end).replaceAll("(?i)(Content-Length|Connection|Transfer-Encoding):.*\r\n", "");
            return new Answer(head, Arrays.copyOfRange(answer, end + 2, answer.length));
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ota-faulty-server");
        thread.setDaemon(true);
        return thread;
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a socket does not close", e);
        }
    }
}
