package io.otabridge.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts uploads and serves downloads, one request per connection. */
final class TransferServer implements AutoCloseable {

    private final ServerSocket socket;
    private final CountDownLatch closed = new CountDownLatch(1);
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

    TransferServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        daemon(this::accept);
    }

    int port() {
        return socket.getLocalPort();
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
        closed.countDown();
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                daemon(() -> exchange(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "transfer-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void exchange(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream(), 1 << 16)) {
            String head = head(in);
            requested.countDown();
            if (head.startsWith("GET")) {
                send(client.getOutputStream());
            } else {
                receive(in, contentLength(head), client.getOutputStream());
            }
        } catch (IOException | InterruptedException | NoSuchAlgorithmException gone) {
            // The client has ended the transfer.
        }
    }

    private void receive(InputStream in, long length, OutputStream out)
            throws IOException, InterruptedException, NoSuchAlgorithmException {
        if (!isReading) {
            closed.await();
            return;
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        while (count < length) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, length - count));
            if (read < 0) {
                throw new EOFException();
            }
            digest.update(buffer, 0, read);
            count += read;
        }
        received = count;
        receivedSha256 = HexFormat.of().formatHex(digest.digest());
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
                closed.await();
            }
            out.write(buffer, 0, read);
            if (!pause.isZero()) {
                closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static long contentLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .sum();
    }
}
