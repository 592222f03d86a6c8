package io.otabridge.simulators.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.simulators.server.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Sends requests to the object stores. Signs them as OBS requires unless configured otherwise. */
final class StoreClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String accessKey;
    private String secretKey;
    private Instant date;
    private final Map<String, String> headers = new TreeMap<>();

    StoreClient(ObsCredentials credentials, Instant date) {
        this.accessKey = credentials.accessKey();
        this.secretKey = credentials.secretKey();
        this.date = date;
    }

    StoreClient secretKey(String value) {
        secretKey = value;
        return this;
    }

    StoreClient date(Instant value) {
        date = value;
        return this;
    }

    StoreClient header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    HttpResponse<byte[]> send(String method, URI uri, byte[] body) throws IOException, InterruptedException {
        headers.put("x-obs-date", ObjectDownload.httpDate(date));
        String vendorHeaders = headers.entrySet().stream()
                .filter(header -> header.getKey().startsWith("x-obs-"))
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        // The tests send only signed parameters, in order.
        String text = method + "\n" + headers.getOrDefault("content-md5", "") + "\n\n\n" + vendorHeaders
                + uri.getRawPath()
                + (uri.getRawQuery() == null || uri.getRawQuery().startsWith("max-")
                        ? ""
                        : "?" + uri.getRawQuery().replaceFirst("&(max-|prefix|part-number-marker|key-marker).*", ""));
        String signature =
                Base64.getEncoder().encodeToString(Digests.hmacSha1(secretKey.getBytes(UTF_8), text.getBytes(UTF_8)));
        headers.put("authorization", "OBS " + accessKey + ":" + signature);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static HttpResponse<byte[]> get(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Returns the fields of a form, in the order of the documents. */
    static Map<String, String> fields(OssSimulator.UploadForm form) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("key", form.key());
        fields.put("policy", form.policy());
        fields.put("OSSAccessKeyId", form.accessKeyId());
        fields.put("signature", form.signature());
        fields.put("success_action_status", "200");
        return fields;
    }

    /** Posts a form with the fields, the file, and the text that follows it. */
    static HttpResponse<byte[]> post(URI uri, Map<String, String> fields, byte[] file, String after)
            throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            body.writeBytes(("--=b\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                            + field.getValue() + "\r\n")
                    .getBytes(UTF_8));
        }
        body.writeBytes(
                ("--=b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\nContent-Type: text/x-test\r\n\r\n")
                        .getBytes(UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n" + after + "--=b--\r\n").getBytes(UTF_8));
        return HTTP.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "multipart/form-data; boundary=\"=b\"")
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
