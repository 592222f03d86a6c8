package io.otabridge.s3proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** S3Proxy in a process of its own, with objects on disk. It checks signatures and digests. */
final class S3ProxyProcess implements AutoCloseable {

    static final String ACCESS_KEY = "AKEXAMPLE0123456789";
    static final String SECRET_KEY = "SkExampleSecret0123456789abcdef";
    static final String BUCKET = "fw-bucket";

    private static final Pattern STARTED =
            Pattern.compile(".*Started .*ServerConnector.*\\{127\\.0\\.0\\.1:([0-9]+)}.*");

    private final Process process;
    private final int port;

    private S3ProxyProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the process and waits until it accepts connections. */
    static S3ProxyProcess start(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("data").resolve(BUCKET));
        Path properties = Files.writeString(
                folder.resolve("s3proxy.properties"), """
                s3proxy.endpoint=http://127.0.0.1:0
                s3proxy.authorization=aws-v2
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(ACCESS_KEY, SECRET_KEY, folder.resolve("data")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .start();
        StringBuilder output = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line; (line = lines.readLine()) != null; ) {
            output.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            if (started.matches()) {
                drain(lines);
                return new S3ProxyProcess(process, Integer.parseInt(started.group(1)));
            }
        }
        throw new IllegalStateException(output.toString());
    }

    /** A process whose output is not read stops when the pipe is full. */
    private static void drain(BufferedReader lines) {
        Thread reader = new Thread(() -> {
            try {
                while (lines.readLine() != null) {}
            } catch (IOException ended) {
                // The process has ended.
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
