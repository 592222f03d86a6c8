package io.otabridge.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The seeds themselves, and a fixed number of inputs made of them, the same on every machine. One that breaks a promise is
 * kept in {@code target/fuzz/NAME/input}.
 */
final class FixedRun {

    /** Nothing that ends is near this. */
    private static final Duration HANGS = Duration.ofMinutes(2);

    private final FuzzTarget target;
    private volatile byte[] current = {};

    FixedRun(FuzzTarget target) {
        this.target = target;
    }

    void run() throws InterruptedException, IOException {
        FutureTask<Void> inputs = new FutureTask<>(this::giveAll, null);
        Thread reader = new Thread(inputs, "fuzz");
        reader.setDaemon(true);
        reader.start();
        try {
            inputs.get(HANGS.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException broken) {
            keep(current);
            throw broken.getCause() instanceof AssertionError words ? words : new AssertionError(broken);
        } catch (TimeoutException hangs) {
            keep(current);
            AssertionError error =
                    new AssertionError(new Trial(target).words("is not done, and may never be", current));
            error.setStackTrace(reader.getStackTrace());
            throw error;
        }
    }

    private void keep(byte[] input) throws IOException {
        Path folder = Path.of("target", "fuzz", target.getClass().getSimpleName());
        Files.write(Files.createDirectories(folder).resolve("input"), input);
    }

    private void giveAll() {
        Trial trial = new Trial(target);
        target.seeds().forEach(seed -> give(trial, seed));
        Mutator mutator = new Mutator(
                target.seeds(),
                target.words(),
                new Random(target.getClass().getName().hashCode()));
        for (int i = 0; i < target.inputs(); i++) {
            give(trial, mutator.next());
        }
    }

    private void give(Trial trial, byte[] input) {
        current = input;
        trial.of(input);
    }
}
