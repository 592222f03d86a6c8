package io.otabridge.client;

import io.otabridge.client.transport.RawServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okio.Buffer;
import okio.HashingSink;
import okio.Okio;
import okio.Source;

/** Accepts uploads and serves downloads, one request per connection. */
final class TransferServer implements AutoCloseable {

    private final RawServer server = new RawServer(this::exchange);
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch requested = new CountDownLatch(1);
    private final AtomicInteger completed = new AtomicInteger();
    private volatile long received;
    private volatile String receivedSha256 = "";
    private volatile boolean isReading = true;
    private volatile boolean isResponding = true;
    private volatile long served = LargeTransfer.LENGTH;
    private volatile long stallAfter = Long.MAX_VALUE;
    private volatile int piece = Integer.MAX_VALUE;
    private volatile Duration pause = Duration.ZERO;

    int port() {
        return server.port();
    }

    /** The bytes of the last complete upload. */
    long received() {
        return received;
    }

    String receivedSha256() {
        return receivedSha256;
    }

    /** The number of uploads that arrived completely. */
    int completed() {
        return completed.get();
    }

    void stopReading() {
        isReading = false;
    }

    /** Closes connections instead of responding. */
    void loseResponses() {
        isResponding = false;
    }

    void serve(long length) {
        served = length;
    }

    void stallAfter(long bytes) {
        stallAfter = bytes;
    }

    void pauseAfterEach(int bytes, Duration time) {
        piece = bytes;
        pause = time;
    }

    void awaitRequest() throws InterruptedException {
        if (!requested.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("no request");
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void exchange(RawServer.Connection client) throws IOException, InterruptedException {
        String head = client.head();
        requested.countDown();
        if (head.startsWith("GET")) {
            send(client.out());
        } else if (!head.isEmpty()) {
            receive(client.in(), RawServer.Connection.contentLength(head), client.out());
        }
    }

    private void receive(InputStream in, long length, OutputStream out) throws IOException, InterruptedException {
        if (!isReading) {
            never.await();
            return;
        }
        Buffer buffer = new Buffer();
        HashingSink hashing = HashingSink.sha256(Okio.blackhole());
        Source body = Okio.source(in);
        long count = 0;
        while (count < length) {
            long read = body.read(buffer, length - count);
            if (read < 0) {
                throw new EOFException();
            }
            hashing.write(buffer, read);
            count += read;
        }
        received = count;
        receivedSha256 = hashing.hash().hex();
        completed.incrementAndGet();
        if (isResponding) {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void send(OutputStream out) throws IOException, InterruptedException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + served + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        InputStream bytes = new LargeTransfer.Pattern(served);
        byte[] buffer = new byte[Math.min(piece, 1 << 16)];
        long count = 0;
        for (int read; (read = bytes.read(buffer)) > 0; count += read) {
            if (count >= stallAfter) {
                never.await();
            }
            out.write(buffer, 0, read);
            if (!pause.isZero()) {
                never.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
