package io.otabridge.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A process that measures one contender under load. For each line {@code CALLERS MILLIS} of its standard input it
 * makes calls on this number of threads for this time and prints a {@link LoadResult}. It exits when its input ends, or if a
 * contender does not respond.
 */
public final class Worker {

    private static final int MAX_LATENCIES = 1 << 20;
    private static final long GRACE_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final UnaryOperator<String> contender;
    private final String version;

    private Worker(UnaryOperator<String> contender, String version) {
        this.contender = contender;
        this.version = version;
    }

    /**
     * Runs until the standard input ends.
     *
     * @param args class of the contender, endpoint, and expected version
     */
    public static void main(String[] args) throws IOException, InterruptedException, ReflectiveOperationException {
        Worker worker = new Worker(ColdStartProgram.open(args[0], args[1]), args[2]);
        System.out.println("ready");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = input.readLine();
        while (line != null) {
            String[] parts = line.split(" ", -1);
            System.out.println(worker.run(Integer.parseInt(parts[0]), Long.parseLong(parts[1])));
            line = input.readLine();
        }
        // Some contenders have threads that are not daemons.
        System.exit(0);
    }

    private LoadResult run(int callers, long millis) throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(callers);
        CountDownLatch exit = new CountDownLatch(1);
        Caller[] callerTasks = IntStream.range(0, callers)
                .mapToObj(number -> new Caller(contender, version, number, MAX_LATENCIES / callers, begin, done, exit))
                .toArray(Caller[]::new);
        Thread[] threads = Arrays.stream(callerTasks).map(Thread::new).toArray(Thread[]::new);
        Arrays.stream(threads).forEach(Thread::start);
        Map<Long, Long> before = allocated();
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        for (Caller caller : callerTasks) {
            caller.end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        }
        begin.countDown();
        if (!done.await(millis + GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
            System.err.println("no result within " + GRACE_MILLIS + " ms");
            Runtime.getRuntime().halt(1);
        }
        long nanos = System.nanoTime() - start;
        long usedCpu = SYSTEM.getProcessCpuTime() - cpu;
        Map<Long, Long> after = allocated();
        // Allocation is unknown for threads that have ended, so the callers wait until here.
        exit.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        long[] latencies = Arrays.stream(callerTasks)
                .flatMapToLong(Caller::latencies)
                .sorted()
                .toArray();
        return new LoadResult(
                Arrays.stream(callerTasks).mapToLong(caller -> caller.calls).sum(),
                Arrays.stream(callerTasks).mapToLong(caller -> caller.failures).sum(),
                nanos,
                usedCpu,
                after.entrySet().stream()
                        .mapToLong(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L))
                        .sum(),
                percentile(latencies, 50),
                percentile(latencies, 99));
    }

    /** Returns the bytes allocated so far by every live Java thread. */
    private static Map<Long, Long> allocated() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            byThread.put(ids[i], Math.max(0, bytes[i]));
        }
        return byThread;
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1L) * percent / 100)];
    }
}
