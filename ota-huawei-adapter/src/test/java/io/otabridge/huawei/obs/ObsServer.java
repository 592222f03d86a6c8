package io.otabridge.huawei.obs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.otabridge.huawei.HuaweiFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of OBS in memory, in path style. It checks signatures and digests, records the operations that it receives,
 * and fails on demand.
 */
public final class ObsServer implements AutoCloseable {

    public static final String BUCKET = "fw-bucket";
    public static final String REGION = "cn-north-4";

    /** What happens instead of a response. */
    private interface Fault {
        void play(ObsServer server, HttpExchange exchange) throws IOException;
    }

    /** An object. */
    public record Stored(byte[] bytes, @Nullable String sha256) {}

    /** A multipart upload. */
    private record Upload(String key, @Nullable String sha256, Instant initiated, TreeMap<Integer, byte[]> parts) {}

    private final HttpServer server;
    private final Map<String, Stored> objects = new TreeMap<>();
    private final Map<String, Upload> uploads = new TreeMap<>();
    private final List<String> operations = new ArrayList<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private String lastToken = "";
    private String lastKey = "";
    private int pageSize = 1_000;
    private @Nullable String contentEncoding;
    private Clock clock = Clock.fixed(HuaweiFixture.NOW, ZoneOffset.UTC);

    public ObsServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the received operations since the last call, in order. */
    public synchronized List<String> received() {
        List<String> received = List.copyOf(operations);
        operations.clear();
        return received;
    }

    public synchronized Map<String, Stored> objects() {
        return Map.copyOf(objects);
    }

    public synchronized void store(String key, byte[] bytes, @Nullable String sha256) {
        objects.put(key, new Stored(bytes, sha256));
    }

    /** All objects have this metadata, which a client may interpret. */
    public synchronized void contentEncoding(String coding) {
        contentEncoding = coding;
    }

    public synchronized void remove(String key) {
        objects.remove(key);
    }

    /** Starts an upload, as another client. */
    public synchronized void startUpload(String id, String key, Instant initiated) {
        uploads.put(id, new Upload(key, null, initiated, new TreeMap<>()));
    }

    public synchronized void storePart(String id, int number, byte[] bytes) {
        uploads.get(id).parts().put(number, bytes);
    }

    public synchronized void forgetUpload(String id) {
        uploads.remove(id);
    }

    public synchronized List<String> uploadIds() {
        return List.copyOf(uploads.keySet());
    }

    public synchronized String lastKey() {
        return lastKey;
    }

    synchronized String lastToken() {
        return lastToken;
    }

    synchronized void pageSize(int size) {
        pageSize = size;
    }

    /** Sets the clock with which dates of requests are compared. Responses have the date of the machine. */
    public synchronized void clock(Clock newClock) {
        clock = newClock;
    }

    /** The next request for this operation fails with this error. */
    public synchronized void fail(String operation, int status, String code) {
        add(operation, (store, exchange) -> {
            exchange.getRequestBody().readAllBytes();
            store.error(exchange, status, code);
        });
    }

    /** The next request for this operation is executed, and its response is lost. */
    public synchronized void lose(String operation) {
        add(operation, (store, exchange) -> {
            store.execute(exchange, operation, new ByteArrayOutputStream());
            exchange.close();
        });
    }

    /** The connection of the next request for this operation is closed before its body is read. */
    public synchronized void cut(String operation) {
        add(operation, (store, exchange) -> exchange.close());
    }

    /** The body of the next response to GET ends after this many bytes. */
    public synchronized void cutAfter(int bytes) {
        add("GET", (store, exchange) -> {
            byte[] all = store.objects.get(store.key(exchange)).bytes();
            exchange.getResponseHeaders().set("ETag", "\"" + md5Hex(all) + "\"");
            exchange.sendResponseHeaders(200, all.length);
            exchange.getResponseBody().write(all, 0, bytes);
            exchange.getResponseBody().flush();
            throw new IOException("cut");
        });
    }

    private void add(String operation, Fault fault) {
        faults.computeIfAbsent(operation, name -> new ArrayDeque<>()).add(fault);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String operation = operation(exchange);
        operations.add(operation);
        lastKey = key(exchange);
        Deque<Fault> waiting = faults.getOrDefault(operation, new ArrayDeque<>());
        if (!waiting.isEmpty()) {
            waiting.remove().play(this, exchange);
        } else if (!isSigned(exchange)) {
            exchange.getRequestBody().readAllBytes();
            error(exchange, 403, "SignatureDoesNotMatch");
        } else if (isSkewed(exchange)) {
            exchange.getRequestBody().readAllBytes();
            error(exchange, 403, "RequestTimeTooSkewed");
        } else {
            execute(exchange, operation, exchange.getResponseBody());
        }
        exchange.close();
    }

    private String operation(HttpExchange exchange) {
        Map<String, String> query = query(exchange);
        String method = exchange.getRequestMethod();
        if (key(exchange).isEmpty()) {
            return query.containsKey("location") ? "LOCATION" : "LIST-UPLOADS";
        }
        if (query.containsKey("uploads")) {
            return "INITIATE";
        }
        if (query.containsKey("uploadId")) {
            return switch (method) {
                case "PUT" -> "PART-" + query.get("partNumber");
                case "POST" -> "COMPLETE";
                case "DELETE" -> "ABORT";
                default -> "LIST-PARTS";
            };
        }
        return method;
    }

    private void execute(HttpExchange exchange, String operation, OutputStream out) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String key = key(exchange);
        String id = query(exchange).getOrDefault("uploadId", "");
        String sha256 = exchange.getRequestHeaders().getFirst("x-obs-meta-sha256");
        String md5 = exchange.getRequestHeaders().getFirst("Content-MD5");
        if (md5 != null && !md5.equals(Base64.getEncoder().encodeToString(digest("MD5", body)))) {
            error(exchange, 400, "BadDigest");
            return;
        }
        if (!id.isEmpty() && !uploads.containsKey(id)) {
            error(exchange, 404, "NoSuchUpload");
            return;
        }
        switch (operation.replaceFirst("[0-9]+", "")) {
            case "PUT" -> {
                objects.put(key, new Stored(body, sha256));
                exchange.getResponseHeaders().set("ETag", "\"" + md5Hex(body) + "\"");
                reply(exchange, out, 200, "");
            }
            case "HEAD" -> head(exchange, key);
            case "GET" -> get(exchange, key);
            case "DELETE" -> {
                objects.remove(key);
                reply(exchange, out, 204, "");
            }
            case "INITIATE" -> {
                String newId = "upload-" + (uploads.size() + 1);
                uploads.put(newId, new Upload(key, sha256, clock.instant(), new TreeMap<>()));
                reply(
                        exchange,
                        out,
                        200,
                        "<InitiateMultipartUploadResult><UploadId>" + newId
                                + "</UploadId></InitiateMultipartUploadResult>");
            }
            case "PART-" -> {
                uploads.get(id).parts().put(Integer.parseInt(query(exchange).get("partNumber")), body);
                exchange.getResponseHeaders().set("ETag", "\"" + md5Hex(body) + "\"");
                reply(exchange, out, 200, "");
            }
            case "LIST-PARTS" -> listParts(exchange, out, uploads.get(id));
            case "LIST-UPLOADS" -> listUploads(exchange, out);
            case "COMPLETE" -> complete(exchange, out, id, new String(body, StandardCharsets.UTF_8));
            case "ABORT" -> {
                uploads.remove(id);
                reply(exchange, out, 204, "");
            }
            case "LOCATION" -> reply(exchange, out, 200, "<Location>" + REGION + "</Location>");
            default -> error(exchange, 405, "MethodNotAllowed");
        }
    }

    private void head(HttpExchange exchange, String key) throws IOException {
        Stored object = objects.get(key);
        if (object != null) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(object.bytes().length));
            if (object.sha256() != null) {
                exchange.getResponseHeaders().set("x-obs-meta-sha256", object.sha256());
            }
        }
        exchange.sendResponseHeaders(object == null ? 404 : 200, -1);
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        Stored object = objects.get(key);
        if (object == null) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=([0-9]+)-.*", "$1"));
        byte[] bytes = Arrays.copyOfRange(object.bytes(), from, object.bytes().length);
        if (contentEncoding != null) {
            exchange.getResponseHeaders().set("Content-Encoding", contentEncoding);
        }
        exchange.getResponseHeaders().set("ETag", "\"" + md5Hex(object.bytes()) + "\"");
        if (range != null) {
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            "bytes " + from + "-" + (object.bytes().length - 1) + "/" + object.bytes().length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void listParts(HttpExchange exchange, OutputStream out, Upload upload) throws IOException {
        int after = Integer.parseInt(query(exchange).getOrDefault("part-number-marker", "0"));
        List<Integer> numbers = List.copyOf(upload.parts().tailMap(after, false).keySet());
        List<Integer> page = numbers.subList(0, Math.min(pageSize, numbers.size()));
        String parts = page.stream()
                .map(number -> "<Part><PartNumber>" + number + "</PartNumber><ETag>\""
                        + md5Hex(upload.parts().get(number)) + "\"</ETag><Size>"
                        + upload.parts().get(number).length
                        + "</Size></Part>")
                .collect(Collectors.joining());
        boolean isTruncated = page.size() < numbers.size();
        reply(
                exchange,
                out,
                200,
                "<ListPartsResult xmlns=\"http://obs.example/doc/\"><IsTruncated>" + isTruncated + "</IsTruncated>"
                        + (isTruncated
                                ? "<NextPartNumberMarker>" + page.get(page.size() - 1) + "</NextPartNumberMarker>"
                                : "")
                        + parts + "</ListPartsResult>");
    }

    private void listUploads(HttpExchange exchange, OutputStream out) throws IOException {
        String prefix = query(exchange).getOrDefault("prefix", "");
        String after = query(exchange).getOrDefault("upload-id-marker", "");
        List<Map.Entry<String, Upload>> found = uploads.entrySet().stream()
                .filter(upload -> upload.getValue().key().startsWith(prefix))
                .filter(upload -> upload.getKey().compareTo(after) > 0)
                .toList();
        List<Map.Entry<String, Upload>> page = found.subList(0, Math.min(pageSize, found.size()));
        boolean isTruncated = page.size() < found.size();
        String entries = page.stream()
                .map(upload -> "<Upload><Key>" + upload.getValue().key() + "</Key><UploadId>" + upload.getKey()
                        + "</UploadId><Initiated>" + upload.getValue().initiated() + "</Initiated></Upload>")
                .collect(Collectors.joining());
        reply(
                exchange,
                out,
                200,
                "<ListMultipartUploadsResult><IsTruncated>" + isTruncated + "</IsTruncated>"
                        + (isTruncated
                                ? "<NextKeyMarker>"
                                        + page.get(page.size() - 1).getValue().key()
                                        + "</NextKeyMarker><NextUploadIdMarker>"
                                        + page.get(page.size() - 1).getKey() + "</NextUploadIdMarker>"
                                : "")
                        + entries + "</ListMultipartUploadsResult>");
    }

    private void complete(HttpExchange exchange, OutputStream out, String id, String xml) throws IOException {
        Upload upload = uploads.get(id);
        String expected = upload.parts().entrySet().stream()
                .map(part -> "<Part><PartNumber>" + part.getKey() + "</PartNumber><ETag>" + md5Hex(part.getValue())
                        + "</ETag></Part>")
                .collect(Collectors.joining());
        if (!xml.equals("<CompleteMultipartUpload>" + expected + "</CompleteMultipartUpload>")) {
            error(exchange, 400, "InvalidPart");
            return;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : upload.parts().values()) {
            all.write(part);
        }
        objects.put(upload.key(), new Stored(all.toByteArray(), upload.sha256()));
        uploads.remove(id);
        reply(exchange, out, 200, "<CompleteMultipartUploadResult/>");
    }

    private void error(HttpExchange exchange, int status, String code) throws IOException {
        reply(
                exchange,
                exchange.getResponseBody(),
                status,
                "<Error><Code>" + code + "</Code><Message>a message</Message><RequestId>r1</RequestId></Error>");
    }

    private void reply(HttpExchange exchange, OutputStream out, int status, String xml) throws IOException {
        if (out != exchange.getResponseBody()) {
            return;
        }
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        boolean hasBody = bytes.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? bytes.length : -1);
        if (hasBody) {
            out.write(bytes);
        }
    }

    private String key(HttpExchange exchange) {
        return decoded(exchange.getRequestURI().getRawPath().substring(BUCKET.length() + 2));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new TreeMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        Stream.of(raw == null ? new String[0] : raw.split("&")).forEach(pair -> {
            String[] parts = pair.split("=", 2);
            query.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        });
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private boolean isSkewed(HttpExchange exchange) {
        Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                exchange.getRequestHeaders().getFirst("Date")));
        return Math.abs(date.getEpochSecond() - clock.instant().getEpochSecond()) > 900;
    }

    /** Computes the signature from the request line as received. */
    private boolean isSigned(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        lastToken = headers.getFirst("x-obs-security-token") == null ? "" : headers.getFirst("x-obs-security-token");
        String own = headers.entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).startsWith("x-obs-"))
                .map(header ->
                        header.getKey().toLowerCase(Locale.ROOT) + ":" + String.join(",", header.getValue()) + "\n")
                .sorted()
                .collect(Collectors.joining());
        String signedQuery = query(exchange).entrySet().stream()
                .filter(entry ->
                        List.of("location", "partNumber", "uploadId", "uploads").contains(entry.getKey()))
                .map(entry -> entry.getValue().isEmpty() ? entry.getKey() : entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
        String text = exchange.getRequestMethod() + "\n" + orEmpty(headers.getFirst("Content-MD5")) + "\n"
                + orEmpty(headers.getFirst("Content-Type")) + "\n" + headers.getFirst("Date") + "\n" + own
                + exchange.getRequestURI().getRawPath() + (signedQuery.isEmpty() ? "" : "?" + signedQuery);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(HuaweiFixture.SECRET_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return ("OBS " + HuaweiFixture.ACCESS_KEY + ":" + signature).equals(headers.getFirst("Authorization"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    public static String md5Hex(byte[] bytes) {
        return HexFormat.of().formatHex(digest("MD5", bytes));
    }

    public static String sha256Hex(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256", bytes));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
