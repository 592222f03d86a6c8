package io.otabridge.client.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A proxy that connects every client to one server of this machine, whatever host the client requests. */
abstract class LocalProxy implements AutoCloseable {

    /** Work that ends when one side closes its connection. */
    interface Work {
        void run() throws IOException;
    }

    private final ServerSocket socket;
    private final int target;

    /** @param target the port of the server on this machine */
    LocalProxy(int target) throws IOException {
        this.target = target;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Accepts clients from now on. */
    final void listen() {
        start(() -> {
            while (true) {
                Socket client = socket.accept();
                start(() -> serve(client));
            }
        });
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            if (connect(client, server)) {
                start(() -> client.getInputStream().transferTo(server.getOutputStream()));
                server.getInputStream().transferTo(client.getOutputStream());
            }
        }
    }

    /**
     * Reads the request of a client and responds to it.
     *
     * @return whether to forward all further bytes in both directions
     */
    abstract boolean connect(Socket client, Socket server) throws IOException;

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        return;
                    }
                },
                "local-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
