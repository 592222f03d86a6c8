package io.otabridge.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Simulates both vendors in a separate process. It returns the documented responses of ShowOtaPackage and
 * QueryOTAFirmware for any id and does not check signatures. It uses one thread and keeps connections alive. It prints
 * its port, then the number of requests so far for every line of its standard input, and exits when its input ends.
 */
public final class Server {

    private static final Pattern ID = Pattern.compile("(?i)(/packages/|firmwareid=)([0-9a-f]{32})");
    private static final int BACKLOG = 4096;

    private static final ResponseTemplate HUAWEI = ResponseTemplate.of("ShowOtaPackage.json");
    private static final ResponseTemplate ALIYUN = ResponseTemplate.of("QueryOTAFirmware.json");
    private static final AtomicLong REQUESTS = new AtomicLong();

    private Server() {}

    /** Runs until the standard input ends. */
    public static void main(String[] args) throws IOException {
        // Otherwise every response waits for a delayed acknowledgement, and more than 200 idle connections are closed.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1024");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.createContext("/", Server::respond);
        server.start();
        System.out.println(server.getAddress().getPort());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (input.readLine() != null) {
            System.out.println(REQUESTS.get());
        }
        System.exit(0);
    }

    private static void respond(HttpExchange exchange) throws IOException {
        REQUESTS.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher id = ID.matcher(exchange.getRequestURI() + " " + body);
        if (!id.find()) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        byte[] response = (id.group(1).startsWith("/") ? HUAWEI : ALIYUN).withId(id.group(2));
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=utf-8");
        exchange.getResponseHeaders().set("X-Request-Id", "a01829ce75a14920b775921146a1ab79");
        exchange.sendResponseHeaders(200, response.length);
        exchange.getResponseBody().write(response);
        exchange.close();
    }
}
