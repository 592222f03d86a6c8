package io.otabridge.client.transport;

import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** Proxies that connect every client to one server of this machine, whatever host the client requests. */
public final class LocalProxy {

    private static final int DOMAIN_NAME = 3;

    private LocalProxy() {}

    /**
     * An HTTP proxy that forwards requests, opens tunnels and records what it receives.
     *
     * @param target the port of the server on this machine
     * @param rejectsNextTunnel whether to respond to the next {@code CONNECT} with 502
     */
    static RawServer http(int target, boolean rejectsNextTunnel) {
        AtomicBoolean isRejected = new AtomicBoolean(rejectsNextTunnel);
        return new RawServer(client -> {
            String head = client.head();
            if (!head.startsWith("CONNECT ")) {
                client.forwardTo(target, forwarded(head));
            } else if (isRejected.getAndSet(false)) {
                client.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            } else {
                client.write("HTTP/1.1 200 OK\r\n\r\n");
                client.forwardTo(target, "");
            }
        });
    }

    /**
     * A SOCKS 5 proxy (RFC 1928) without authentication. Its requests are the host names that clients request.
     *
     * @param target the port of the server on this machine
     */
    public static RawServer socks(int target) {
        return new RawServer(client -> {
            DataInputStream in = new DataInputStream(client.in());
            in.readByte();
            in.readNBytes(in.readUnsignedByte());
            client.out().write(new byte[] {5, 0});
            in.readNBytes(3);
            if (in.readUnsignedByte() == DOMAIN_NAME) {
                client.record(new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII));
            }
            in.readShort();
            client.out().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 80});
            client.forwardTo(target, "");
        });
    }

    /** A proxy sends only the path to the server, and does not forward its own login. */
    private static String forwarded(String head) {
        return head.replaceFirst(" http://[^/ ]+", " ").replaceFirst("(?im)^Proxy-Authorization:.*\r\n", "");
    }
}
