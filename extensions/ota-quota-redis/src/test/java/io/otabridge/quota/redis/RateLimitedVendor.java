package io.otabridge.quota.redis;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A vendor that counts the requests of each second and rejects those above its limit. */
final class RateLimitedVendor implements AutoCloseable {

    private final int limit;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Long, Integer> callsBySecond = new TreeMap<>();
    private int rejected;

    RateLimitedVendor(int limit) throws IOException {
        this.limit = limit;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        server.createContext("/", this::respond);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** The number of requests by second. */
    synchronized Map<Long, Integer> callsBySecond() {
        return new TreeMap<>(callsBySecond);
    }

    synchronized int rejected() {
        return rejected;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void respond(HttpExchange exchange) throws IOException {
        boolean isCounted = exchange.getRequestURI().getPath().equals("/");
        int status = isCounted && isTooMany() ? 429 : 200;
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private synchronized boolean isTooMany() {
        boolean isTooMany = callsBySecond.merge(System.nanoTime() / 1_000_000_000, 1, Integer::sum) > limit;
        rejected += isTooMany ? 1 : 0;
        return isTooMany;
    }
}
