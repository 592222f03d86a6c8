package io.otabridge.acme;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.LoopbackServer;
import io.otabridge.simulators.server.ReceivedRequest;
import io.otabridge.simulators.server.ReceivedRequest.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

    private final LoopbackServer server;
    private final String token;
    private final Set<String> products = new HashSet<>();
    private final List<ObjectNode> packages = new ArrayList<>();
    private final List<ObjectNode> modules = new ArrayList<>();

    private AcmeStore(String token) {
        this.token = token;
        this.server = LoopbackServer.start(0, 100_000, new LoopbackServer.Service() {
            @Override
            public HttpReply respond(ReceivedRequest call) {
                boolean isAuthorized = call.header("authorization").contains("Bearer " + token);
                return reply(isAuthorized ? handle(call) : error(401, "unauthorized", "Who are you?"));
            }

            @Override
            public HttpReply errorResponse(int status) {
                return reply(error(status, "invalid", "No such request"));
            }
        });
    }

    /** Starts an empty server that accepts this token. */
    static AcmeStore open(String token) {
        return new AcmeStore(token);
    }

    String endpoint() {
        return server.endpoint().toString();
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
        server.close();
    }

    private static HttpReply reply(Response response) {
        return new HttpReply(response.status(), Map.of("Content-Type", "application/json"), response.body());
    }

    /** Handles a request and returns the response. */
    synchronized Response handle(ReceivedRequest call) {
        String[] path = URI.create(call.rawPath()).getPath().substring(1).split("/", -1);
        Map<String, String> query = call.query().stream().collect(Collectors.toMap(Parameter::name, Parameter::value));
        return switch (call.method() + " " + path[1] + " " + path.length) {
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
            case "POST products 4" -> create(path[2], read(call.body()));
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

    private static ObjectNode read(String body) {
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
