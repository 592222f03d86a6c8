package io.otabridge.quota.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A proxy to a Redis server on this machine that shifts the seconds in responses to {@code TIME}, as a clock step would. */
final class ClockStepProxy implements AutoCloseable {

    private static final Pattern SECONDS = Pattern.compile("(?<=^\\*2\r\n\\$10\r\n)[0-9]{10}(?=\r\n\\$)");

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile long shift;

    ClockStepProxy(RedisServer redis) {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        target = redis.port();
        start(this::accept);
    }

    String address() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** Sets the clock this many seconds ahead of the server's. */
    void stepTo(long seconds) {
        shift = seconds;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                start(() -> copy(client, server, false));
                start(() -> copy(server, client, true));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void copy(Socket from, Socket to, boolean isResponse) {
        byte[] block = new byte[16_384];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                String text = new String(block, 0, length, StandardCharsets.ISO_8859_1);
                String shifted = isResponse
                        ? SECONDS.matcher(text).replaceFirst(time -> "" + (Long.parseLong(time.group()) + shift))
                        : text;
                out.write(shifted.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "clock-step-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
