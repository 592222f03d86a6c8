package io.otabridge.contracts.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A request as it goes over the wire, of which every part is signed.
 *
 * @param path still encoded; a slash alone need not be signed
 * @param query still encoded; empty if there is none
 * @param headers those that are signed, and the one that holds the signature
 * @param body each byte a character of the same number
 */
public record SignedRequest(String method, String path, String query, Map<String, String> headers, String body) {

    /** The same but for one bit, anywhere. A hexadecimal digit behind a percent sign means the same in either case: not it. */
    public SignedRequest flipped(Random random) {
        List<String> places = new ArrayList<>(List.of("method"));
        if (path.length() > 1) {
            places.add("path");
        }
        if (!query.isEmpty()) {
            places.add("query");
        }
        if (!body.isEmpty()) {
            places.add("body");
        }
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                places.add(":" + name);
            }
        });
        String place = places.get(random.nextInt(places.size()));
        return switch (place) {
            case "method" -> new SignedRequest(flipped(method, random), path, query, headers, body);
            case "path" -> new SignedRequest(method, flipped(path, random), query, headers, body);
            case "query" -> new SignedRequest(method, path, flipped(query, random), headers, body);
            case "body" -> new SignedRequest(method, path, query, headers, flipped(body, random));
            default -> {
                Map<String, String> others = new LinkedHashMap<>(headers);
                others.computeIfPresent(place.substring(1), (name, value) -> flipped(value, random));
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
