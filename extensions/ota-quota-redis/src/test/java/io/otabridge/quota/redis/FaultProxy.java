package io.otabridge.quota.redis;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A proxy to a local server that drops requests and responses, truncates responses, and can refuse connections. */
final class FaultProxy implements AutoCloseable {

    /** What happens to one request. */
    private enum Fault {
        NONE,
        REQUEST_LOST,
        RESPONSE_LOST,
        RESPONSE_TRUNCATED
    }

    /** On average, one request out of this many has a fault. */
    private static final int FAULT_INTERVAL = 40;

    private static final int BLOCK = 16_384;

    private final ServerSocket listener;
    private final int target;
    private final Random random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong faults = new AtomicLong();
    private volatile boolean isClosed;

    private FaultProxy(ServerSocket listener, int target, long seed) {
        this.listener = listener;
        this.target = target;
        this.random = new Random(seed);
    }

    static FaultProxy to(URI target, long seed) {
        try {
            FaultProxy proxy =
                    new FaultProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target.getPort(), seed);
            start("fault-proxy", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Sets whether the proxy closes all connections, the open ones included. */
    void close(boolean closed) {
        isClosed = closed;
        if (closed) {
            open.forEach(FaultProxy::reset);
        }
    }

    /** The number of requests with a fault, not counting those rejected while the proxy was closed. */
    long faults() {
        return faults.get();
    }

    @Override
    public void close() {
        quietly(listener);
        close(true);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (isClosed) {
                    reset(client);
                } else {
                    new Relay(client, new Socket(InetAddress.getLoopbackAddress(), target)).start();
                }
            } catch (IOException failed) {
                // The listener is closed, or the client handles the lost connection.
            }
        }
    }

    /** One connection. Requests and responses alternate, so each block from the client starts a request. */
    private final class Relay {

        private final Socket client;
        private final Socket server;
        private volatile Fault fault = Fault.NONE;

        Relay(Socket client, Socket server) {
            this.client = client;
            this.server = server;
            open.add(client);
        }

        void start() {
            FaultProxy.start("fault-proxy-requests", () -> copy(client, server, true));
            FaultProxy.start("fault-proxy-responses", () -> copy(server, client, false));
        }

        private void copy(Socket from, Socket to, boolean isRequest) {
            byte[] block = new byte[BLOCK];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int length = in.read(block); length >= 0; length = in.read(block)) {
                    int passed = isRequest ? requestBytes(length) : responseBytes(length);
                    out.write(block, 0, passed);
                    if (passed < length) {
                        break;
                    }
                }
            } catch (IOException lost) {
                // One connection failed; both are closed below.
            } finally {
                open.remove(client);
                reset(client);
                quietly(server);
            }
        }

        private int requestBytes(int length) {
            fault = nextFault();
            return fault == Fault.REQUEST_LOST ? 0 : length;
        }

        private int responseBytes(int length) {
            return switch (fault) {
                case RESPONSE_LOST -> 0;
                case RESPONSE_TRUNCATED -> length - 1;
                default -> length;
            };
        }
    }

    private synchronized Fault nextFault() {
        if (random.nextInt(FAULT_INTERVAL) > 0) {
            return Fault.NONE;
        }
        faults.incrementAndGet();
        return Fault.values()[1 + random.nextInt(Fault.values().length - 1)];
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes the connection with a TCP reset, so that the peer notices immediately. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            // Nothing to reset.
        }
        quietly(socket);
    }

    private static void quietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException ignored) {
            // The resource is closed in any case.
        }
    }
}
