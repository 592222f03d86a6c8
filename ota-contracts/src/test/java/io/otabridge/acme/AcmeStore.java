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
 * Simulates Acme Shelf on a loopback port. It stores packages and modules as JSON objects. Pages have three elements;
 * {@code next} is the number of the next page.
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
 * Errors are {@code {"error":"no-such-package","message":…}}.
 */
public final class AcmeStore implements AutoCloseable {

    private static final int PAGE_SIZE = 3;

    static {
        // Without it, each response of the JDK's server waits 40 ms for an acknowledgement.
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

    /** Starts an empty server that accepts this token. */
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

    /** Adds a module and its product, even if a module of this name exists. */
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
            byte[] requestBody = exchange.getRequestBody().readAllBytes();
            boolean isAuthorized =
                    ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            Response response = isAuthorized
                    ? handle(exchange.getRequestMethod(), exchange.getRequestURI(), requestBody)
                    : error(401, "unauthorized", "Who are you?");
            byte[] responseBody = response.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(response.status(), responseBody.length == 0 ? -1 : responseBody.length);
            if (responseBody.length > 0) {
                exchange.getResponseBody().write(responseBody);
            }
        }
    }

    /** Handles a request and returns the response. */
    synchronized Response handle(String method, URI uri, byte[] body) {
        String[] path = uri.getPath().substring(1).split("/", -1);
        Map<String, String> query = query(uri.getQuery());
        return switch (method + " " + path[1] + " " + path.length) {
            case "GET packages 2" ->
                page(
                        "packages",
                        packages,
                        query,
                        stored -> has(stored, query, "product") && has(stored, query, "version"));
            case "GET packages 3" ->
                packages.stream()
                        .filter(stored -> isPackage(stored, path[2]))
                        .findFirst()
                        .map(stored -> new Response(200, stored.toString()))
                        .orElse(absent("no-such-package"));
            case "DELETE packages 3" ->
                packages.removeIf(stored -> isPackage(stored, path[2]))
                        ? new Response(204, "")
                        : absent("no-such-package");
            case "GET products 4" ->
                products.contains(path[2])
                        ? page("modules", modules, query, stored -> isOf(stored, path[2]))
                        : absent("no-such-product");
            case "POST products 4" -> create(path[2], read(body));
            case "DELETE products 5" ->
                modules.removeIf(stored -> isModule(stored, path[2], path[4]))
                        ? new Response(204, "")
                        : absent("no-such-module");
            default -> error(400, "invalid", "No such operation");
        };
    }

    private Response create(String product, ObjectNode module) {
        if (!products.contains(product)) {
            return absent("no-such-product");
        }
        if (modules.stream()
                .anyMatch(
                        stored -> isModule(stored, product, module.path("name").asText()))) {
            return error(409, "exists", "The module already exists");
        }
        module.put("product", product).put("added", "2026-03-01T08:00:00Z");
        modules.add(module);
        return new Response(201, module.toString());
    }

    private static ObjectNode read(byte[] body) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(body);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static boolean isPackage(ObjectNode stored, String id) {
        return stored.path("id").asText().equals(id);
    }

    private static boolean isOf(ObjectNode stored, String product) {
        return stored.path("product").asText().equals(product);
    }

    private static boolean isModule(ObjectNode stored, String product, String name) {
        return isOf(stored, product) && stored.path("name").asText().equals(name);
    }

    private static boolean has(ObjectNode stored, Map<String, String> query, String member) {
        return !query.containsKey(member)
                || query.get(member).equals(stored.path(member).asText());
    }

    private static Response page(
            String name, List<ObjectNode> stored, Map<String, String> query, Predicate<ObjectNode> filter) {
        List<ObjectNode> matching = stored.stream().filter(filter).toList();
        int number = Integer.parseInt(query.getOrDefault("page", "1"));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode elements = page.putArray(name);
        matching.stream().skip((number - 1) * (long) PAGE_SIZE).limit(PAGE_SIZE).forEach(elements::add);
        if (number * PAGE_SIZE < matching.size()) {
            page.put("next", number + 1);
        }
        return new Response(200, page.toString());
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

    private static Response absent(String code) {
        return error(404, code, "Not found");
    }

    /** Returns an error response of Acme Shelf. */
    static Response error(int status, String code, String message) {
        return new Response(status, "{\"error\":\"%s\",\"message\":\"%s\"}".formatted(code, message));
    }

    /** A response. */
    record Response(int status, String body) {}
}
