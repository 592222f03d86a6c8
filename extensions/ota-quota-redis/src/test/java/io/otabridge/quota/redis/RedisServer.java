package io.otabridge.quota.redis;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real {@code redis-server} process for one test, on a free port and without persistence. */
final class RedisServer implements AutoCloseable {

    private static final int ATTEMPTS = 10;

    private final int port;
    private final List<String> options;
    private Process process;

    private RedisServer(int port, List<String> options) {
        this.port = port;
        this.options = options;
    }

    /** Starts a server. If {@code redis-server} is not installed, fails the test in CI and skips it elsewhere. */
    static RedisServer start(String... options) {
        RedisServer server = new RedisServer(freePort(), List.of(options));
        Runtime.getRuntime().addShutdownHook(new Thread(server::killIfStarted));
        try {
            server.start();
        } catch (IOException missing) {
            String message = "redis-server is not installed; on Debian: apt-get install redis-server";
            assertNotEquals("true", System.getenv("CI"), message);
            assumeTrue(false, message);
        }
        return server;
    }

    String address() {
        return "redis://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Kills the process without a shutdown, as a machine failure would. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Suspends the process: it stops responding, and its connections stay open. */
    void hang() {
        signal("STOP");
    }

    /** Resumes the process. It also responds to the commands received while it was suspended. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int rc = new ProcessBuilder("kill", "-" + name, "" + process.pid())
                    .start()
                    .waitFor();
            if (rc != 0) {
                throw new AssertionError("kill ended with " + rc);
            }
        } catch (IOException | InterruptedException e) {
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
        for (int attempt = 1; !isUp(command); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new AssertionError("redis-server ended with " + process.exitValue());
            }
        }
    }

    /** Starts the process. Returns false if it exits, for example because the port is in use. */
    private boolean isUp(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (process.isAlive()) {
            if (responds()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /**
     * Whether Redis responds, even if only to request a password. A socket can connect to itself if no process listens on its
     * port; that does not count.
     */
    private boolean responds() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            if (socket.getLocalPort() == port) {
                return false;
            }
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            int first = socket.getInputStream().read();
            return first == '+' || first == '-';
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
