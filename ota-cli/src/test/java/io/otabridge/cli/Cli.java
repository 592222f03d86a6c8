package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.Terminal;
import io.otabridge.domain.backend.BackendContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Runs the command in this process, in its own directory, by default at midnight of 2024-01-01 UTC, in the time zone of Shanghai. */
public final class Cli {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2024-01-01T00:00:00Z"), ZoneOffset.UTC);

    static final String CONFIGURATION = """
            default: here
            backends:
              here:
                vendor: memory
              there:
                vendor: memory
            """;

    private static final InputStream FAILING = new InputStream() {
        @Override
        public int read() throws IOException {
            throw new IOException("the disk is broken");
        }
    };

    public final Path directory;
    public final Path home;
    private final Map<String, String> variables = new HashMap<>();
    private Clock clock = CLOCK;
    private Terminal terminal = new Terminal(false, false, false, 80);
    private String reply = "";
    private boolean isInputFailing;
    final InterruptActions interrupts = new InterruptActions();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Creates a command without a configuration. */
    public Cli(Path scratch) {
        try {
            directory = Files.createDirectories(scratch.toRealPath().resolve("work"));
            home = Files.createDirectories(scratch.toRealPath().resolve("home"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a command with the default configuration. */
    static Cli configured(Path scratch) {
        Cli cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), CONFIGURATION);
        return cli;
    }

    public Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void setenv(String name, String value) {
        variables.put(name, value);
    }

    void setClock(Clock other) {
        clock = other;
    }

    /** Simulates a terminal whose user replies to each prompt with this text. */
    void answerOnTerminal(String text) {
        terminal = new Terminal(true, true, true, 80);
        reply = text + "\n";
    }

    /** Sets the text of standard input. */
    void input(String text) {
        reply = text;
    }

    /** Makes standard input fail after this text. */
    void failingInput(String text) {
        reply = text;
        isInputFailing = true;
    }

    /** Simulates a terminal of 80 columns for standard output. */
    void showOutput() {
        showOutput(80);
    }

    /** Simulates a terminal for standard output and errors. */
    void showOutput(int columns) {
        terminal = new Terminal(false, false, true, columns);
    }

    /** Runs the command and clears earlier output. Returns the exit code. */
    public int run(String... args) {
        out.reset();
        err.reset();
        BackendContext context = BackendContext.system()
                .withEnvironment(variables)
                .withHome(home)
                .withResource(InterruptActions.class, interrupts)
                .withClock(clock);
        CliEnvironment environment = new CliEnvironment(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                input(),
                terminal,
                context,
                directory,
                ZoneId.of("Asia/Shanghai"),
                interrupts);
        return CommandLineFactory.of(environment, args).execute(args);
    }

    private InputStream input() {
        InputStream text = new ByteArrayInputStream(reply.getBytes(UTF_8));
        return isInputFailing ? new SequenceInputStream(text, FAILING) : text;
    }

    public String out() {
        return out.toString(UTF_8);
    }

    public String err() {
        return err.toString(UTF_8);
    }
}
