package io.otabridge.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** An HTTP proxy that forwards requests, opens tunnels and records what it receives. */
final class RecordingProxy extends LocalProxy {

    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicBoolean rejectsNextTunnel = new AtomicBoolean();

    /** @param target the port of the server on this machine */
    RecordingProxy(int target) throws IOException {
        super(target);
        listen();
    }

    /** Responds to the next {@code CONNECT} with 502. */
    void rejectNextTunnel() {
        rejectsNextTunnel.set(true);
    }

    /** The request lines and headers of all requests, in the order of arrival. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    boolean connect(Socket client, Socket server) throws IOException {
        String head = head(client.getInputStream());
        heads.add(head);
        if (!head.startsWith("CONNECT ")) {
            write(server, forwarded(head));
            return true;
        }
        boolean isRejected = rejectsNextTunnel.getAndSet(false);
        write(
                client,
                isRejected
                        ? "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\n\r\n");
        return !isRejected;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A proxy sends only the path to the server, and does not forward its own login. */
    private static String forwarded(String head) {
        return head.replaceFirst(" http://[^/ ]+", " ").replaceFirst("(?im)^Proxy-Authorization:.*\r\n", "");
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
