package io.otabridge.simulators.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.PercentEncoding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A test client that signs requests correctly unless configured otherwise. */
final class AliyunClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicInteger NONCES = new AtomicInteger();
    private static final String FORM = "application/x-www-form-urlencoded";

    private final AliyunSimulator simulator;
    private final Map<String, String> business = new TreeMap<>();
    private final Map<String, String> common = new TreeMap<>();
    private final Map<String, String> headers = new TreeMap<>();
    private final Map<String, String> tampered = new TreeMap<>();
    private String method = "GET";
    private String accessKey;
    private String secretKey;
    private Instant time = Instant.now();
    private String nonce = "nonce-" + NONCES.incrementAndGet();
    private boolean inForm;

    AliyunClient(AliyunSimulator simulator) {
        this.simulator = simulator;
        this.accessKey = simulator.accessKey();
        this.secretKey = simulator.secretKey();
        this.business.put("IotInstanceId", simulator.instanceId());
    }

    AliyunClient method(String value) {
        method = value;
        return this;
    }

    AliyunClient accessKey(String value) {
        accessKey = value;
        return this;
    }

    AliyunClient secretKey(String value) {
        secretKey = value;
        return this;
    }

    AliyunClient time(Instant value) {
        time = value;
        return this;
    }

    AliyunClient nonce(String value) {
        nonce = value;
        return this;
    }

    /** Sets a parameter of the operation; an empty value removes it. */
    AliyunClient with(String name, String value) {
        business.put(name, value);
        business.values().removeIf(String::isEmpty);
        return this;
    }

    /** Sets a common parameter of V1. */
    AliyunClient common(String name, String value) {
        common.put(name, value);
        return this;
    }

    /** Sets a header. V3 signs headers whose name starts with x-acs-. */
    AliyunClient header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Replaces a value after signing; an empty value removes it. */
    AliyunClient tampering(String name, String value) {
        tampered.put(name, value);
        return this;
    }

    /** Sends the parameters of the operation in the body of a POST. */
    AliyunClient inForm() {
        method = "POST";
        inForm = true;
        return this;
    }

    Reply v1(String action) throws IOException, InterruptedException {
        Map<String, String> common = new TreeMap<>(this.common);
        common.putIfAbsent("Action", action);
        common.putIfAbsent("Version", "2018-01-20");
        common.putIfAbsent("Format", "JSON");
        common.putIfAbsent("SignatureMethod", "HMAC-SHA1");
        common.putIfAbsent("SignatureVersion", "1.0");
        common.put("AccessKeyId", accessKey);
        common.put("SignatureNonce", nonce);
        common.putIfAbsent("Timestamp", time.truncatedTo(ChronoUnit.SECONDS).toString());
        common.values().removeIf(String::isEmpty);
        Map<String, String> all = new TreeMap<>(common);
        all.putAll(business);
        String text = method + "&%2F&" + PercentEncoding.encode(encode(all));
        byte[] mac = Digests.hmacSha1((secretKey + "&").getBytes(UTF_8), text.getBytes(UTF_8));
        Map<String, String> query = inForm ? common : all;
        query.put("Signature", Base64.getEncoder().encodeToString(mac));
        query.putAll(tampered);
        query.values().removeIf(String::isEmpty);
        if (inForm) {
            headers.put("content-type", FORM);
        }
        return send(query, inForm ? encode(business) : "", headers);
    }

    Reply v3(String action) throws IOException, InterruptedException {
        String body = inForm ? encode(business) : "";
        Map<String, String> query = inForm ? Map.of() : business;
        Map<String, String> sent = new TreeMap<>(headers);
        sent.putIfAbsent("x-acs-action", action);
        sent.putIfAbsent("x-acs-version", "2018-01-20");
        sent.putIfAbsent("x-acs-date", time.truncatedTo(ChronoUnit.SECONDS).toString());
        sent.put("x-acs-signature-nonce", nonce);
        sent.putIfAbsent("x-acs-content-sha256", Digests.sha256Hex(body));
        if (inForm) {
            sent.put("content-type", FORM);
        }
        Map<String, String> signed = new TreeMap<>(sent);
        signed.keySet().removeIf(name -> !name.startsWith("x-acs-") && !name.equals("content-type"));
        signed.put("host", simulator.endpoint().getAuthority());
        String names = String.join(";", signed.keySet());
        String block = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(joining());
        String canonical =
                method + "\n/\n" + encode(query) + "\n" + block + "\n" + names + "\n" + Digests.sha256Hex(body);
        String text = "ACS3-HMAC-SHA256\n" + Digests.sha256Hex(canonical);
        String signature = Digests.hex(Digests.hmacSha256(secretKey.getBytes(UTF_8), text.getBytes(UTF_8)));
        sent.putIfAbsent(
                "Authorization",
                "ACS3-HMAC-SHA256 Credential=" + accessKey + ",SignedHeaders=" + names + ",Signature=" + signature);
        sent.putAll(tampered);
        sent.values().removeIf(String::isEmpty);
        return send(query, tampered.containsKey("body") ? sent.remove("body") : body, sent);
    }

    /** Sends the parameters without a signature. */
    Reply unsigned() throws IOException, InterruptedException {
        return send(common, "", headers);
    }

    private Reply send(Map<String, String> query, String body, Map<String, String> sent)
            throws IOException, InterruptedException {
        URI uri = URI.create(simulator.endpoint() + "/" + (query.isEmpty() ? "" : "?" + encode(query)));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        sent.forEach(request::header);
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""),
                response.body());
    }

    private static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        PercentEncoding.encode(parameter.getKey()) + "=" + PercentEncoding.encode(parameter.getValue()))
                .collect(joining("&"));
    }

    record Reply(int status, String contentType, String text) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(text);
        }

        String code() throws IOException {
            return json().path("Code").asText();
        }
    }
}
