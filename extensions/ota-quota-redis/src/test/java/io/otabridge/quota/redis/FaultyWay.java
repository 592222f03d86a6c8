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

/** A bad way to a server on this machine: it loses requests and answers, cuts answers short, and is closed at times. */
final class FaultyWay implements AutoCloseable {

    /** What befalls one request. */
    private enum Fate {
        NOTHING,
        REQUEST_LOST,
        ANSWER_LOST,
        ANSWER_CUT
    }

    private static final int ONE_IN = 40;
    private static final int BLOCK = 16_384;

    private final ServerSocket listener;
    private final int target;
    private final Random random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong faults = new AtomicLong();
    private volatile boolean isClosed;

    private FaultyWay(ServerSocket listener, int target, long seed) {
        this.listener = listener;
        this.target = target;
        this.random = new Random(seed);
    }

    static FaultyWay to(URI target, long seed) {
        try {
            FaultyWay way =
                    new FaultyWay(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target.getPort(), seed);
            start("way", way::accept);
            return way;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** From now on connections are closed as soon as they are made, or not any more. */
    void close(boolean closed) {
        isClosed = closed;
        if (closed) {
            open.forEach(FaultyWay::reset);
        }
    }

    /** How many requests something befell, times when it was closed not counted. */
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
                    new Passage(client, new Socket(InetAddress.getLoopbackAddress(), target)).begin();
                }
            } catch (IOException over) {
                // Either the listener is closed, or this client is lost, which it must bear.
            }
        }
    }

    /** One connection. Requests and answers take turns, so a block from the client is the beginning of a request. */
    private final class Passage {

        private final Socket client;
        private final Socket server;
        private volatile Fate fate = Fate.NOTHING;

        Passage(Socket client, Socket server) {
            this.client = client;
            this.server = server;
            open.add(client);
        }

        void begin() {
            start("way-up", () -> carry(client, server, true));
            start("way-down", () -> carry(server, client, false));
        }

        private void carry(Socket from, Socket to, boolean isUp) {
            byte[] block = new byte[BLOCK];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int length = in.read(block); length >= 0; length = in.read(block)) {
                    int passed = isUp ? up(length) : down(length);
                    out.write(block, 0, passed);
                    if (passed < length) {
                        break;
                    }
                }
            } catch (IOException lost) {
                // One side is gone, so the other one goes too.
            } finally {
                open.remove(client);
                reset(client);
                quietly(server);
            }
        }

        private int up(int length) {
            fate = next();
            return fate == Fate.REQUEST_LOST ? 0 : length;
        }

        private int down(int length) {
            return switch (fate) {
                case ANSWER_LOST -> 0;
                case ANSWER_CUT -> length - 1;
                default -> length;
            };
        }
    }

    private synchronized Fate next() {
        if (random.nextInt(ONE_IN) > 0) {
            return Fate.NOTHING;
        }
        faults.incrementAndGet();
        return Fate.values()[1 + random.nextInt(Fate.values().length - 1)];
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends it in a way that the other side notices at once. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            // It need not be told any more.
        }
        quietly(socket);
    }

    private static void quietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }
}
