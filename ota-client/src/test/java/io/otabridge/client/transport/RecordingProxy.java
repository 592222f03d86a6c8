package io.otabridge.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A proxy that takes every host name for one server of this machine, opens tunnels to it, and keeps what it was sent. */
final class RecordingProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final int target;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicBoolean refusesNextTunnel = new AtomicBoolean();

    /** @param target the port of the server on this machine */
    RecordingProxy(int target) throws IOException {
        this.target = target;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::serve);
    }

    /** The next tunnel is not opened: the proxy cannot reach the server. */
    void refuseNextTunnel() {
        refusesNextTunnel.set(true);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The heads of all requests, in the order in which they came. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException goneOrClosed) {
                        // A side that ends is the usual end.
                    }
                },
                "recording-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() throws IOException {
        while (true) {
            Socket client = socket.accept();
            start(() -> pass(client));
        }
    }

    private void pass(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            String head = head(client.getInputStream());
            heads.add(head);
            if (head.startsWith("CONNECT ") && refusesNextTunnel.getAndSet(false)) {
                client.getOutputStream()
                        .write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            if (head.startsWith("CONNECT ")) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                server.getOutputStream().write(forwarded(head).getBytes(StandardCharsets.ISO_8859_1));
            }
            start(() -> copy(client.getInputStream(), server.getOutputStream()));
            copy(server.getInputStream(), client.getOutputStream());
        }
    }

    /** A proxy sends a path, and keeps its own login back. */
    private static String forwarded(String head) {
        return head.replaceFirst(" http://[^/ ]+", " ").replaceFirst("(?im)^Proxy-Authorization:.*\r\n", "");
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("gone");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
        to.flush();
    }
}
