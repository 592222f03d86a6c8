package io.otabridge.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * Asks one question after the other until its time is up, each for another thing than any other caller at that moment,
 * so that nobody is served with what somebody else was told.
 */
final class Caller implements Runnable {

    private static final int IDS = 1024;

    private final UnaryOperator<String> contender;
    private final String version;
    private final String[] ids = new String[IDS];
    private final long[] latencies;
    private final CountDownLatch begin;
    private final CountDownLatch done;
    private final CountDownLatch leave;

    volatile long end;
    volatile long calls;
    volatile long failures;

    /**
     * A caller.
     *
     * @param version what every answer must be
     * @param timed how many of its calls it notes the time of
     * @param begin when to begin
     * @param done is told when it is
     * @param leave when its thread may end
     */
    Caller(
            UnaryOperator<String> contender,
            String version,
            int number,
            int timed,
            CountDownLatch begin,
            CountDownLatch done,
            CountDownLatch leave) {
        this.contender = contender;
        this.version = version;
        this.latencies = new long[timed];
        this.begin = begin;
        this.done = done;
        this.leave = leave;
        int run = ThreadLocalRandom.current().nextInt();
        for (int i = 0; i < IDS; i++) {
            ids[i] = String.format(Locale.ROOT, "%08x%08x%016x", run, number, i);
        }
    }

    @Override
    public void run() {
        try {
            begin.await();
            ask();
            done.countDown();
            leave.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private void ask() {
        int made = 0;
        int failed = 0;
        long before = System.nanoTime();
        while (before - end < 0) {
            failed += isAnswered(ids[made % IDS]) ? 0 : 1;
            long after = System.nanoTime();
            if (made < latencies.length) {
                latencies[made] = after - before;
            }
            made++;
            before = after;
        }
        calls = made;
        failures = failed;
    }

    private boolean isAnswered(String id) {
        try {
            return contender.apply(id).equals(version);
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            return false;
        }
    }

    /** How long each call took whose time it noted. */
    LongStream latencies() {
        return Arrays.stream(latencies, 0, (int) Math.min(calls, latencies.length));
    }
}
