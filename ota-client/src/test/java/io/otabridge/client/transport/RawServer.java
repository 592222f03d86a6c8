package io.otabridge.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ServerSocketFactory;

/**
 * A server on 127.0.0.1 that sends any bytes. Each connection has a daemon thread, which {@link #close} interrupts.
 */
public final class RawServer implements AutoCloseable {

    /** Serves a connection, which is closed afterwards. It may throw if the client closes the connection. */
    public interface Handler {
        void serve(Connection client) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(RawServer::daemon);
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public RawServer(ServerSocketFactory factory, Handler handler) {
        try {
            listener = factory.createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        threads.execute(() -> accept(handler));
    }

    public RawServer(Handler handler) {
        this(ServerSocketFactory.getDefault(), handler);
    }

    /** Responds with the same bytes to every request, one request per connection. */
    public RawServer(ServerSocketFactory factory, String response) {
        this(factory, client -> {
            client.head();
            client.write(response);
        });
    }

    /** Responds with the same bytes to every request, one request per connection. */
    public RawServer(String response) {
        this(ServerSocketFactory.getDefault(), response);
    }

    public static String ok(String... headers) {
        return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
                + String.join(
                        "",
                        List.of(headers).stream().map(header -> header + "\r\n").toList()) + "\r\n";
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The request lines and headers of all requests. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            listener.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void accept(Handler handler) {
        try {
            while (true) {
                Connection client = new Connection(listener.accept());
                clients.add(client.socket);
                threads.execute(() -> serve(client, handler));
            }
        } catch (IOException | RejectedExecutionException closed) {
            // The test closed the server.
        }
    }

    private static void serve(Connection client, Handler handler) {
        try (client.socket) {
            handler.serve(client);
        } catch (IOException | InterruptedException gone) {
            // The client rejected the certificate or closed the connection, or the test closed the server.
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        return thread;
    }

    /** A connection of a client. */
    public final class Connection {

        private final Socket socket;

        private Connection(Socket socket) {
            this.socket = socket;
        }

        /** Reads and records a request line and its headers; empty if the client has closed the connection. */
        public String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in().read();
                if (next < 0) {
                    return "";
                }
                head.append((char) next);
            }
            record(head.toString());
            return head.toString();
        }

        /** The content length that a request declares, 0 without any. */
        public static long contentLength(String head) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .sum();
        }

        void record(String request) {
            requests.add(request);
        }

        public InputStream in() throws IOException {
            return socket.getInputStream();
        }

        public OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        public void write(String text) throws IOException {
            out().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /**
         * Forwards all further bytes in both directions.
         *
         * @param port the port of the server on this machine
         * @param first what to send to the server before
         */
        void forwardTo(int port, String first) throws IOException {
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                server.getOutputStream().write(first.getBytes(StandardCharsets.ISO_8859_1));
                Handler upload = client -> client.in().transferTo(server.getOutputStream());
                threads.execute(() -> serve(this, upload));
                server.getInputStream().transferTo(out());
            }
        }
    }
}
