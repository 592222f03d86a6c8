package io.otabridge.aliyun;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An object store that cuts the connection during the first request, and accepts all others. */
final class CuttingStore implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final ServerSocket listener;
    private final double share;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger complete = new AtomicInteger();

    /** @param share the share of the first body that is read before the connection is cut */
    CuttingStore(double share) {
        try {
            this.share = share;
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(this::accept, "cutting-store");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    int requests() {
        return requests.get();
    }

    int complete() {
        return complete.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                serve(socket);
            } catch (IOException closed) {
                // The client or the test has closed the connection.
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        StringBuilder head = new StringBuilder();
        for (int next; head.indexOf("\r\n\r\n") < 0 && (next = in.read()) >= 0; ) {
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            return;
        }
        long expected = Long.parseLong(length.group(1));
        if (requests.getAndIncrement() == 0) {
            in.skipNBytes((long) (expected * share));
            socket.setSoLinger(true, 0);
            return;
        }
        in.skipNBytes(expected);
        complete.incrementAndGet();
        socket.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
