package io.otabridge.client.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** Responds to every request with the same bytes, one request per connection, and records the requests. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket socket;
    private final String response;
    private final boolean readsRequests;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** @param response empty to close the connection without a response */
    public RawServer(ServerSocketFactory factory, String response) {
        this(factory, response, true);
    }

    private RawServer(ServerSocketFactory factory, String response, boolean readsRequests) {
        this.response = response;
        this.readsRequests = readsRequests;
        try {
            socket = factory.createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    public RawServer(String response) {
        this(ServerSocketFactory.getDefault(), response);
    }

    /** A server that sends a text without reading a request, and closes the connection. */
    public static RawServer greeting(String greeting) {
        return new RawServer(ServerSocketFactory.getDefault(), greeting, false);
    }

    public static String ok(String... headers) {
        return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
                + String.join(
                        "",
                        List.of(headers).stream().map(header -> header + "\r\n").toList()) + "\r\n";
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The request lines and headers of all requests. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                if (readsRequests) {
                    requests.addAll(head(client));
                }
                client.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
                client.getOutputStream().flush();
            } catch (IOException goneOrClosed) {
                // The client rejected the certificate, or the test closed the server.
                continue;
            }
        }
    }

    /** The text before an empty line; empty if there is none. */
    private static List<String> head(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append('\n');
        }
        return head.isEmpty() ? List.of() : List.of(head.toString());
    }
}
