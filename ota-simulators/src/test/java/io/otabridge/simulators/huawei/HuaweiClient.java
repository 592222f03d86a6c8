package io.otabridge.simulators.huawei;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.simulators.server.Digests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A test client that signs requests correctly unless configured otherwise. */
public final class HuaweiClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final HuaweiSimulator simulator;
    private final Map<String, String> signedHeaders = new TreeMap<>();
    private final Map<String, String> addedLater = new TreeMap<>();
    private final Set<String> neverSent = new TreeSet<>();
    private final Set<String> notSigned = new TreeSet<>();
    private String accessKey;
    private String secretKey;
    private String projectId;
    private String scope = "";
    private Instant date = Instant.now();

    public HuaweiClient(HuaweiSimulator simulator) {
        this.simulator = simulator;
        this.accessKey = simulator.accessKey();
        this.secretKey = simulator.secretKey();
        this.projectId = simulator.projectId();
    }

    HuaweiClient accessKey(String value) {
        accessKey = value;
        return this;
    }

    HuaweiClient secretKey(String value) {
        secretKey = value;
        return this;
    }

    HuaweiClient projectId(String value) {
        projectId = value;
        return this;
    }

    HuaweiClient date(Instant value) {
        date = value;
        return this;
    }

    /** Signs with a derived key for this region and service. */
    HuaweiClient derived(String regionAndService) {
        scope = DATE.format(date).substring(0, 8) + "/" + regionAndService;
        return this;
    }

    HuaweiClient signing(String header, String value) {
        signedHeaders.put(header, value);
        return this;
    }

    HuaweiClient notSigning(String header) {
        notSigned.add(header);
        return this;
    }

    HuaweiClient adding(String header, String value) {
        addedLater.put(header, value);
        return this;
    }

    HuaweiClient neverSending(String header) {
        neverSent.add(header);
        return this;
    }

    /** Sends a signed GET below {@code /v5/iot/{project_id}}. The query must be sorted. */
    public Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "", true);
    }

    public Reply send(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, path, body, body, true);
    }

    /** Signs one body and sends another. */
    Reply sendInsteadOf(String signed, String method, String path, String body)
            throws IOException, InterruptedException {
        return send(method, path, signed, body, true);
    }

    Reply getUnsigned(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "", false);
    }

    private Reply send(String method, String path, String signedBody, String body, boolean signing)
            throws IOException, InterruptedException {
        URI uri = URI.create(simulator.endpoint() + "/v5/iot/" + projectId + path);
        Map<String, String> headers = new TreeMap<>(signedHeaders);
        headers.put("host", uri.getAuthority());
        headers.put("x-sdk-date", DATE.format(date));
        headers.keySet().removeAll(notSigned);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (signing) {
            request.header("Authorization", authorization(method, uri, headers, signedBody));
            notSigned.stream().filter("x-sdk-date"::equals).forEach(name -> request.header(name, DATE.format(date)));
        }
        Stream.concat(headers.entrySet().stream(), addedLater.entrySet().stream())
                .filter(header -> !header.getKey().equals("host") && !neverSent.contains(header.getKey()))
                .forEach(header -> request.header(header.getKey(), header.getValue()));
        return Reply.of(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    private String authorization(String method, URI uri, Map<String, String> headers, String body) {
        String names = String.join(";", headers.keySet());
        String canonical = method + "\n" + uri.getRawPath() + "/\n"
                + (uri.getRawQuery() == null ? "" : uri.getRawQuery()) + "\n"
                + headers.entrySet().stream()
                        .map(h -> h.getKey() + ":" + h.getValue() + "\n")
                        .collect(joining())
                + "\n" + names + "\n"
                + headers.getOrDefault("x-sdk-content-sha256", Digests.sha256Hex(body));
        String hash = Digests.sha256Hex(canonical);
        String when = DATE.format(date);
        if (scope.isEmpty()) {
            String signature = hmac(secretKey, "SDK-HMAC-SHA256\n" + when + "\n" + hash);
            return "SDK-HMAC-SHA256 Access=" + accessKey + ", SignedHeaders=" + names + ", Signature=" + signature;
        }
        byte[] extracted = Digests.hmacSha256(accessKey.getBytes(UTF_8), secretKey.getBytes(UTF_8));
        String key = Digests.hex(Digests.hmacSha256(extracted, (scope + "\u0001").getBytes(UTF_8)));
        String signature = hmac(key, "V11-HMAC-SHA256\n" + when + "\n" + scope + "\n" + hash);
        return "V11-HMAC-SHA256 Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + signature;
    }

    private static String hmac(String key, String text) {
        return Digests.hex(Digests.hmacSha256(key.getBytes(UTF_8), text.getBytes(UTF_8)));
    }

    public record Reply(int status, JsonNode body, String requestId) {

        private static Reply of(HttpResponse<String> response) throws IOException {
            return new Reply(
                    response.statusCode(),
                    new ObjectMapper().readTree(response.body()),
                    response.headers().firstValue("X-Request-Id").orElse(""));
        }

        String errorCode() {
            return body.path("error_code").asText();
        }

        String errorMessage() {
            return body.path("error_msg").asText();
        }
    }
}
