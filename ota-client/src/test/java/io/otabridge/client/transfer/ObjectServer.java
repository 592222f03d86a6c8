package io.otabridge.client.transfer;

import io.otabridge.client.transport.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves one object with ETag, Range and If-Match, as an object store does. Each request takes the next of the planned
 * faults, if there is one. One request per connection.
 */
final class ObjectServer implements AutoCloseable {

    /** Responds to a request instead of the store. */
    interface Fault {
        void respond(RawServer.Connection client, String head) throws IOException, InterruptedException;
    }

    private static final Pattern RANGE = Pattern.compile("(?mi)^Range: bytes=([0-9]+)-$");
    private static final Pattern IF_MATCH = Pattern.compile("(?mi)^If-Match: (.*)$");

    private final RawServer server = new RawServer(this::exchange);
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch stalled = new CountDownLatch(1);
    private volatile byte[] object = new byte[0];
    private volatile String etag = "";

    int port() {
        return server.port();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/bucket/fw.bin";
    }

    List<String> requests() {
        return server.requests();
    }

    /** Serves these bytes. */
    void serve(byte[] bytes, String newEtag) {
        object = bytes;
        etag = newEtag;
    }

    /** The next request without a planned fault receives this one. */
    void plan(Fault... next) {
        faults.addAll(Arrays.asList(next));
    }

    /** Closes the connection after this number of bytes of the body. */
    Fault cutAfter(int bytes) {
        return (client, head) -> send(client, head, bytes);
    }

    /** Sends no more after this number of bytes of the body. */
    Fault stallAfter(int bytes) {
        return (client, head) -> {
            send(client, head, bytes);
            stalled.countDown();
            never.await();
        };
    }

    static Fault respond(String status, String headers, String body) {
        return (client, head) -> client.write("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n"
                + headers + "Connection: close\r\n\r\n" + body);
    }

    static Fault error(String status, String code, String message) {
        return respond(
                status,
                "",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>");
    }

    static Fault status(String status, String headers) {
        return respond(status, headers, "");
    }

    void awaitStall() throws InterruptedException {
        if (!stalled.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("no request");
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void exchange(RawServer.Connection client) throws IOException, InterruptedException {
        String head = client.head();
        Fault fault = faults.poll();
        if (fault == null) {
            send(client, head, Integer.MAX_VALUE);
        } else {
            fault.respond(client, head);
        }
    }

    private void send(RawServer.Connection client, String head, int limit) throws IOException {
        Matcher condition = IF_MATCH.matcher(head);
        if (condition.find() && !condition.group(1).equals(etag)) {
            client.write("HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        Matcher range = RANGE.matcher(head);
        boolean isPart = range.find();
        int from = isPart ? Integer.parseInt(range.group(1)) : 0;
        if (isPart && from >= object.length) {
            client.write("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */" + object.length
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        String text = isPart
                ? "206 Partial Content\r\nContent-Range: bytes " + from + "-" + (object.length - 1) + "/"
                        + object.length
                : "200 OK";
        client.write("HTTP/1.1 " + text + "\r\nContent-Length: " + (object.length - from) + "\r\n"
                + (etag.isEmpty() ? "" : "ETag: " + etag + "\r\n") + "Connection: close\r\n\r\n");
        OutputStream out = client.out();
        out.write(object, from, Math.min(limit, object.length - from));
        out.flush();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
