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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Both vendors' clouds in a process of its own: answers ShowOtaPackage and QueryOTAFirmware as documented, about
 * whatever id was asked for, without a look at signatures. One thread, connections are kept. Prints its port; for every
 * line on its standard input it prints how many requests it has answered and how many connections it has taken; ends
 * with its input.
 */
public final class Server {

    private static final int BACKLOG = 4096;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();

    private Server() {}

    /** Runs until the standard input ends. */
    public static void main(String[] args) throws IOException {
        Server server = new Server();
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        Thread serving = new Thread(() -> server.serve(listener), "serving");
        serving.setDaemon(true);
        serving.start();
        System.out.println(((InetSocketAddress) listener.getLocalAddress()).getPort());
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (orders.readLine() != null) {
            System.out.println(server.requests.get() + " " + server.connections.get());
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
                        connection.goOn(key, requests);
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
