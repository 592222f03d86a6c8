package io.otabridge.contracts.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A request as sent, with a signature over all its parts.
 *
 * @param path percent-encoded; a single slash need not be signed
 * @param query percent-encoded; empty if there is none
 * @param headers the signed headers, and the header with the signature
 * @param body the bytes of the body, each as the character with the same code
 */
public record SignedRequest(String method, String path, String query, Map<String, String> headers, String body) {

    /**
     * Returns a copy with one random bit flipped. Does not flip the case of a hexadecimal digit after a percent sign,
     * as both cases have the same meaning.
     */
    public SignedRequest flipped(Random random) {
        List<String> parts = new ArrayList<>(List.of("method"));
        if (path.length() > 1) {
            parts.add("path");
        }
        if (!query.isEmpty()) {
            parts.add("query");
        }
        if (!body.isEmpty()) {
            parts.add("body");
        }
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                parts.add(":" + name);
            }
        });
        String part = parts.get(random.nextInt(parts.size()));
        return switch (part) {
            case "method" -> new SignedRequest(flipped(method, random), path, query, headers, body);
            case "path" -> new SignedRequest(method, flipped(path, random), query, headers, body);
            case "query" -> new SignedRequest(method, path, flipped(query, random), headers, body);
            case "body" -> new SignedRequest(method, path, query, headers, flipped(body, random));
            default -> {
                Map<String, String> others = new LinkedHashMap<>(headers);
                others.computeIfPresent(part.substring(1), (name, value) -> flipped(value, random));
                yield new SignedRequest(method, path, query, others, body);
            }
        };
    }

    private static String flipped(String text, Random random) {
        int at = random.nextInt(text.length());
        int bit = random.nextInt(7);
        boolean isDigit = text.substring(Math.max(0, at - 2), at).contains("%");
        char other = (char) (text.charAt(at) ^ (1 << (isDigit ? bit % 3 : bit)));
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    @Override
    public String toString() {
        return method + " " + path + "?" + query + " " + headers + " and " + body.length() + " bytes";
    }
}
