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

/** Answers every request on a connection of its own with the same bytes, and keeps what it was asked. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket socket;
    private final String answer;
    private final boolean listens;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** @param answer empty for none: the connection is closed in its place */
    public RawServer(ServerSocketFactory factory, String answer) {
        this(factory, answer, true);
    }

    private RawServer(ServerSocketFactory factory, String answer, boolean listens) {
        this.answer = answer;
        this.listens = listens;
        try {
            socket = factory.createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    public RawServer(String answer) {
        this(ServerSocketFactory.getDefault(), answer);
    }

    /** One that says something before it is asked, and then goes. */
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

    /** The heads of all requests. */
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
                if (listens) {
                    requests.addAll(head(client));
                }
                client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                client.getOutputStream().flush();
            } catch (IOException goneOrClosed) {
                // The client refuses certificates, and the test closes the server.
                continue;
            }
        }
    }

    /** What comes before an empty line; none if nothing does. */
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
