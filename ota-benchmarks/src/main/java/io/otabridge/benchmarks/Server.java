package io.otabridge.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Both vendors' clouds in a process of its own: answers ShowOtaPackage and QueryOTAFirmware as documented, about
 * whatever id was asked for, without a look at signatures. One thread, connections are kept. Prints its port; for every
 * line on its standard input it prints how many requests it has answered, how many connections it has taken, how many of
 * its connections had requests since it was asked last, and how many requests it has refused; ends with its input.
 */
public final class Server {

    private static final int BACKLOG = 4096;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong used = new AtomicLong();
    private final long limit;
    private volatile int asked;
    private long second;
    private long inSecond;

    private Server(long limit) {
        this.limit = limit;
    }

    /**
     * Runs until the standard input ends.
     *
     * @param args how many requests it answers in a second of its clock, if not all; it refuses the rest
     */
    public static void main(String[] args) throws IOException {
        Server server = new Server(args.length == 0 ? Long.MAX_VALUE : Long.parseLong(args[0]));
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        Thread serving = new Thread(() -> server.serve(listener), "serving");
        serving.setDaemon(true);
        serving.start();
        System.out.println(((InetSocketAddress) listener.getLocalAddress()).getPort());
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (orders.readLine() != null) {
            System.out.println(server.requests.get() + " " + server.connections.get() + " " + server.used.getAndSet(0)
                    + " " + server.refused.get());
            server.asked++;
        }
    }

    private void serve(ServerSocketChannel listener) {
        try (Selector selector = Selector.open()) {
            listener.register(selector, SelectionKey.OP_ACCEPT);
            while (true) {
                selector.select();
                Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
                while (ready.hasNext()) {
                    SelectionKey key = ready.next();
                    ready.remove();
                    if (key.attachment() instanceof ServedConnection connection) {
                        connection.goOn(key, this::isAllowed);
                        if (connection.isUsedFirst(asked)) {
                            used.incrementAndGet();
                        }
                    } else {
                        accept(listener, selector);
                    }
                }
            }
        } catch (IOException problem) {
            problem.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** Counts a request, and says whether it may be answered. */
    private boolean isAllowed() {
        requests.incrementAndGet();
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        inSecond = now == second ? inSecond + 1 : 1;
        second = now;
        if (inSecond > limit) {
            refused.incrementAndGet();
        }
        return inSecond <= limit;
    }

    private void accept(ServerSocketChannel listener, Selector selector) throws IOException {
        SocketChannel channel = listener.accept();
        while (channel != null) {
            connections.incrementAndGet();
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            channel.register(selector, SelectionKey.OP_READ, new ServedConnection(channel));
            channel = listener.accept();
        }
    }
}
