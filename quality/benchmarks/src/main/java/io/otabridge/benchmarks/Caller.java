package io.otabridge.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * Makes calls one after the other until the end of the measurement. All callers use different ids, so that calls are
 * not coalesced.
 */
final class Caller implements Runnable {

    private static final int IDS = 1024;

    private final UnaryOperator<String> contender;
    private final String version;
    private final String[] ids = new String[IDS];
    private final long[] latencies;
    private final CountDownLatch begin;
    private final CountDownLatch done;
    private final CountDownLatch exit;

    volatile long end;
    volatile long calls;
    volatile long failures;

    /**
     * Creates a caller.
     *
     * @param version the expected result of every call
     * @param timed the number of calls whose latency is recorded
     * @param begin released when the measurement begins
     * @param done counted down when this caller has finished
     * @param exit released when the thread may end
     */
    Caller(
            UnaryOperator<String> contender,
            String version,
            int number,
            int timed,
            CountDownLatch begin,
            CountDownLatch done,
            CountDownLatch exit) {
        this.contender = contender;
        this.version = version;
        this.latencies = new long[timed];
        this.begin = begin;
        this.done = done;
        this.exit = exit;
        int run = ThreadLocalRandom.current().nextInt();
        for (int i = 0; i < IDS; i++) {
            ids[i] = String.format(Locale.ROOT, "%08x%08x%016x", run, number, i);
        }
    }

    @Override
    public void run() {
        try {
            begin.await();
            makeCalls();
            done.countDown();
            exit.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private void makeCalls() {
        int count = 0;
        int failed = 0;
        long before = System.nanoTime();
        while (before - end < 0) {
            failed += succeeds(ids[count % IDS]) ? 0 : 1;
            long after = System.nanoTime();
            if (count < latencies.length) {
                latencies[count] = after - before;
            }
            count++;
            before = after;
        }
        calls = count;
        failures = failed;
    }

    private boolean succeeds(String id) {
        try {
            return contender.apply(id).equals(version);
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            return false;
        }
    }

    /** Returns the recorded latencies in nanoseconds. */
    LongStream latencies() {
        return Arrays.stream(latencies, 0, (int) Math.min(calls, latencies.length));
    }
}
