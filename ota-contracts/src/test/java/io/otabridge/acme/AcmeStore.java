package io.otabridge.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Acme Shelf on this machine: it holds packages and modules as they are on the wire, and speaks as the vendor does. Pages
 * have three elements; {@code next} is the number of the next page.
 *
 * <pre>
 * GET    /v1/packages?product=&amp;version=&amp;page=     200 {"packages":[{"id":…}],"next":2}
 * GET    /v1/packages/{id}                      200 {"id":…}
 * DELETE /v1/packages/{id}                      204
 * GET    /v1/products/{product}/modules?page=   200 {"modules":[{"name":…}],"next":2}
 * POST   /v1/products/{product}/modules         201 {"name":…}
 * DELETE /v1/products/{product}/modules/{name}  204
 * </pre>
 *
 * A refusal is {@code {"error":"no-such-package","message":…}}.
 */
public final class AcmeStore implements AutoCloseable {

    private static final int PAGE = 3;

    static {
        // Without it, each answer of the JDK's server waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final String token;
    private final Set<String> products = new HashSet<>();
    private final List<ObjectNode> packages = new ArrayList<>();
    private final List<ObjectNode> modules = new ArrayList<>();

    private AcmeStore(HttpServer server, String token) {
        this.server = server;
        this.token = token;
    }

    /** An empty shelf for those who have this token. */
    static AcmeStore open(String token) {
        try {
            InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
            AcmeStore shelf = new AcmeStore(HttpServer.create(new InetSocketAddress(loopback, 0), 100), token);
            shelf.server.createContext("/", shelf::handle);
            shelf.server.setExecutor(shelf.threads);
            shelf.server.start();
            return shelf;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void addProduct(String product) {
        products.add(product);
    }

    synchronized void addPackage(ObjectNode added) {
        packages.add(added);
    }

    /** Adds a module and the product it is of, even if a module of this name is there. */
    public synchronized void addModule(ObjectNode added) {
        products.add(added.path("product").asText());
        modules.add(added);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            boolean isKnown =
                    ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            Reply reply = isKnown
                    ? answer(exchange.getRequestMethod(), exchange.getRequestURI(), sent)
                    : refusal(401, "unauthorized", "Who are you?");
            byte[] body = reply.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Does what this request asks for. */
    synchronized Reply answer(String method, URI uri, byte[] sent) {
        String[] path = uri.getPath().substring(1).split("/", -1);
        Map<String, String> query = query(uri.getQuery());
        return switch (method + " " + path[1] + " " + path.length) {
            case "GET packages 2" ->
                page("packages", packages, query, held -> has(held, query, "product") && has(held, query, "version"));
            case "GET packages 3" ->
                packages.stream()
                        .filter(held -> isPackage(held, path[2]))
                        .findFirst()
                        .map(held -> new Reply(200, held.toString()))
                        .orElse(absent("no-such-package"));
            case "DELETE packages 3" ->
                packages.removeIf(held -> isPackage(held, path[2])) ? new Reply(204, "") : absent("no-such-package");
            case "GET products 4" ->
                products.contains(path[2])
                        ? page("modules", modules, query, held -> isOf(held, path[2]))
                        : absent("no-such-product");
            case "POST products 4" -> create(path[2], read(sent));
            case "DELETE products 5" ->
                modules.removeIf(held -> isModule(held, path[2], path[4]))
                        ? new Reply(204, "")
                        : absent("no-such-module");
            default -> refusal(400, "invalid", "There is no such call");
        };
    }

    private Reply create(String product, ObjectNode asked) {
        if (!products.contains(product)) {
            return absent("no-such-product");
        }
        if (modules.stream()
                .anyMatch(held -> isModule(held, product, asked.path("name").asText()))) {
            return refusal(409, "exists", "It is here already");
        }
        asked.put("product", product).put("added", "2026-03-01T08:00:00Z");
        modules.add(asked);
        return new Reply(201, asked.toString());
    }

    private static ObjectNode read(byte[] sent) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(sent);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static boolean isPackage(ObjectNode held, String id) {
        return held.path("id").asText().equals(id);
    }

    private static boolean isOf(ObjectNode held, String product) {
        return held.path("product").asText().equals(product);
    }

    private static boolean isModule(ObjectNode held, String product, String name) {
        return isOf(held, product) && held.path("name").asText().equals(name);
    }

    private static boolean has(ObjectNode held, Map<String, String> query, String member) {
        return !query.containsKey(member)
                || query.get(member).equals(held.path(member).asText());
    }

    private static Reply page(
            String name, List<ObjectNode> held, Map<String, String> query, Predicate<ObjectNode> isMeant) {
        List<ObjectNode> meant = held.stream().filter(isMeant).toList();
        int number = Integer.parseInt(query.getOrDefault("page", "1"));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode elements = page.putArray(name);
        meant.stream().skip((number - 1) * (long) PAGE).limit(PAGE).forEach(elements::add);
        if (number * PAGE < meant.size()) {
            page.put("next", number + 1);
        }
        return new Reply(200, page.toString());
    }

    private static Map<String, String> query(@Nullable String text) {
        Map<String, String> query = new HashMap<>();
        if (text != null) {
            for (String pair : text.split("&", -1)) {
                query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return query;
    }

    private static Reply absent(String word) {
        return refusal(404, word, "It is not on the shelf");
    }

    /** A refusal as Acme Shelf words it. */
    static Reply refusal(int status, String word, String message) {
        return new Reply(status, "{\"error\":\"%s\",\"message\":\"%s\"}".formatted(word, message));
    }

    /** What it answers. */
    record Reply(int status, String body) {}
}
