package io.otabridge.client.transport;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS 5 proxy (RFC 1928) that takes every host name for one server of this machine. It serves one connection. */
public final class SocksProxy implements AutoCloseable {

    private static final int DOMAIN_NAME = 3;

    private final ServerSocket socket;
    private final int target;
    private final List<String> names = new CopyOnWriteArrayList<>();

    /** @param target the port of the server on this machine */
    public SocksProxy(int target) throws IOException {
        this.target = target;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::serve);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The host names that clients asked for. */
    List<String> names() {
        return List.copyOf(names);
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
                "socks-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() throws IOException {
        try (Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.readByte();
            in.readNBytes(in.readUnsignedByte());
            client.getOutputStream().write(new byte[] {5, 0});
            in.readNBytes(3);
            if (in.readUnsignedByte() == DOMAIN_NAME) {
                names.add(new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII));
            }
            in.readShort();
            client.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 80});
            start(() -> in.transferTo(server.getOutputStream()));
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }
}
