package io.otabridge.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code redis-server} on a free port that keeps nothing on disk, and a connection that looks at it. For one thread. */
final class Redis implements AutoCloseable {

    /** By which bucket4j changes a state that is still as it was. */
    private static final String CHANGE = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('psetex', KEYS[1],"
            + " ARGV[3], ARGV[2]); return 1; else return 0; end";

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final int port;
    private final Process server;
    private final Socket socket;
    private final InputStream in;

    /** What this connection has sent and received itself. */
    private long sent;

    private long received;

    private Redis(int port, Process server, Socket socket) throws IOException {
        this.port = port;
        this.server = server;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * What it has done so far, less what was done for this connection.
     *
     * @param trips commands that came over the network
     * @param changes those of them that were scripts, which change something
     * @param cpuNanos its CPU time
     */
    record Done(long trips, long changes, long bytesIn, long bytesOut, long cpuNanos) {

        Done since(Done before) {
            return new Done(
                    trips - before.trips,
                    changes - before.changes,
                    bytesIn - before.bytesIn,
                    bytesOut - before.bytesOut,
                    cpuNanos - before.cpuNanos);
        }
    }

    /** Starts one; absent where there is no such program. */
    static Optional<Redis> start() throws IOException {
        int port = freePort();
        Process server;
        try {
            server = quiet(List.of(
                    "redis-server", "--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--appendonly", "no"));
        } catch (IOException missing) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        while (server.isAlive() && System.nanoTime() - start < PATIENCE) {
            try {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                // A socket that nobody listens to can be connected to itself.
                if (socket.getLocalPort() != port) {
                    return Optional.of(new Redis(port, server, socket));
                }
                socket.close();
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        server.destroyForcibly();
        throw new IOException("redis-server does not answer on port " + port);
    }

    String address() {
        return "redis://127.0.0.1:" + port;
    }

    /** What it calls itself. */
    String version() throws IOException {
        return "Redis " + field(ask("INFO", "server"), "redis_version:(\\S+)").orElse("of unknown version");
    }

    Done done() throws IOException {
        long ownOut = received;
        String info = ask("INFO", "all");
        long reads = number(info, "cmdstat_get:calls=(\\d+)");
        long changes = number(info, "cmdstat_eval:calls=(\\d+)") + number(info, "cmdstat_evalsha:calls=(\\d+)");
        // The read inside of a script is counted among the reads, so that these are as many as reads and scripts that
        // came.
        return new Done(
                reads,
                changes,
                number(info, "total_net_input_bytes:(\\d+)") - sent,
                number(info, "total_net_output_bytes:(\\d+)") - ownOut,
                (long) ((decimal(info, "used_cpu_sys:([\\d.]+)") + decimal(info, "used_cpu_user:([\\d.]+)")) * 1e9));
    }

    /** How many keys it holds. */
    long keys() throws IOException {
        return Long.parseLong(ask("DBSIZE"));
    }

    /** The memory that a key takes which is there, with its value; 0 if there is none. */
    long bytesOfKey() throws IOException {
        String key = ask("RANDOMKEY");
        return key.isEmpty() ? 0 : Long.parseLong(ask("MEMORY", "USAGE", key));
    }

    /**
     * How many turns a second it gives to 50 connections that do nothing else, each a read and a change, by {@code
     * redis-benchmark}; absent where there is none.
     */
    OptionalDouble turnsPerSecond(int requests) throws IOException {
        String state = "s".repeat(60);
        ask("SET", "bench", state);
        OptionalDouble reads = perSecond(requests, "get", "bench");
        OptionalDouble changes = perSecond(requests, "eval", CHANGE, "1", "bench", state, state, "60000");
        ask("DEL", "bench");
        return reads.isEmpty() || changes.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(1 / (1 / reads.getAsDouble() + 1 / changes.getAsDouble()));
    }

    private OptionalDouble perSecond(int requests, String... command) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("redis-benchmark", "-p", "" + port, "-c", "50", "-n", "" + requests, "--csv"));
        words.addAll(List.of(command));
        try {
            Process benchmark = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(benchmark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // Its columns are the test, quoted and with any comma that the command has, and then the rate.
            return field(said, "\",\"([\\d.]+)\"")
                    .map(rate -> OptionalDouble.of(Double.parseDouble(rate)))
                    .orElse(OptionalDouble.empty());
        } catch (IOException missing) {
            return OptionalDouble.empty();
        }
    }

    /** The answer to a command, whatever its type, as text. */
    private String ask(String... words) throws IOException {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        byte[] bytes = command.toString().getBytes(StandardCharsets.ISO_8859_1);
        socket.getOutputStream().write(bytes);
        sent += bytes.length;
        String first = line();
        if (first.startsWith("-")) {
            throw new IOException("Redis answers " + first);
        }
        if (!first.startsWith("$")) {
            return first.substring(1);
        }
        int length = Integer.parseInt(first.substring(1));
        if (length < 0) {
            return "";
        }
        String text = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        received += length;
        line();
        return text;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("Redis is gone");
            }
            line.append((char) next);
        }
        received += line.length() + 1;
        return line.toString().strip();
    }

    private static long number(String info, String pattern) {
        return field(info, pattern).map(Long::valueOf).orElse(0L);
    }

    private static double decimal(String info, String pattern) {
        return field(info, pattern).map(Double::valueOf).orElse(0.0);
    }

    private static Optional<String> field(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Process quiet(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        server.destroyForcibly();
    }
}
