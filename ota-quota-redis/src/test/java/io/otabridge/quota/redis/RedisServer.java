package io.otabridge.quota.redis;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real {@code redis-server} of the test's own on a free port, which keeps nothing on disk. */
final class RedisServer implements AutoCloseable {

    private final int port;
    private final List<String> options;
    private Process process;

    private RedisServer(int port, List<String> options) {
        this.port = port;
        this.options = options;
    }

    /** Skips the test where there is no such program, except where continuous integration is to have it. */
    static RedisServer start(String... options) {
        RedisServer server = new RedisServer(freePort(), List.of(options));
        Runtime.getRuntime().addShutdownHook(new Thread(server::killIfStarted));
        try {
            server.start();
        } catch (IOException missing) {
            String words = "redis-server is not installed; on Debian: apt-get install redis-server";
            assertNotEquals("true", System.getenv("CI"), words);
            assumeTrue(false, words);
        }
        return server;
    }

    String address() {
        return "redis://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** As a machine that fails would: without a word. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void killIfStarted() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    void restart() {
        try {
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "redis-server", "--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--appendonly", "no"));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!answers()) {
            if (!process.isAlive()) {
                throw new AssertionError("redis-server ended with " + process.exitValue());
            }
            Thread.onSpinWait();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
