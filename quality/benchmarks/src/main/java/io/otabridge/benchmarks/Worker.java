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
 * A process that puts load on one contender. For each line {@code CALLERS MILLIS} on its standard input it lets so many
 * threads ask for so long and prints a {@link Load}. Ends with its input, and by itself if a contender never answers.
 */
public final class Worker {

    private static final int MOST_LATENCIES = 1 << 20;
    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(60);

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
     * Obeys until its input ends.
     *
     * @param args the contender's class, the endpoint, and the version that every answer must name
     */
    public static void main(String[] args) throws IOException, InterruptedException, ReflectiveOperationException {
        Worker worker = new Worker(FirstAnswer.open(args[0], args[1]), args[2]);
        System.out.println("ready");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String order = orders.readLine();
        while (order != null) {
            String[] words = order.split(" ", -1);
            System.out.println(worker.run(Integer.parseInt(words[0]), Long.parseLong(words[1])));
            order = orders.readLine();
        }
        // Some contenders have threads that live on.
        System.exit(0);
    }

    private Load run(int callers, long millis) throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(callers);
        CountDownLatch leave = new CountDownLatch(1);
        Caller[] asking = IntStream.range(0, callers)
                .mapToObj(
                        number -> new Caller(contender, version, number, MOST_LATENCIES / callers, begin, done, leave))
                .toArray(Caller[]::new);
        Thread[] threads = Arrays.stream(asking).map(Thread::new).toArray(Thread[]::new);
        Arrays.stream(threads).forEach(Thread::start);
        Map<Long, Long> before = allocated();
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        for (Caller caller : asking) {
            caller.end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        }
        begin.countDown();
        if (!done.await(millis + PATIENCE, TimeUnit.MILLISECONDS)) {
            System.err.println("no answer in " + PATIENCE + " ms");
            Runtime.getRuntime().halt(1);
        }
        long nanos = System.nanoTime() - start;
        long usedCpu = SYSTEM.getProcessCpuTime() - cpu;
        Map<Long, Long> after = allocated();
        // The callers wait until here, as nothing is known any more about a thread that has ended.
        leave.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        long[] latencies =
                Arrays.stream(asking).flatMapToLong(Caller::latencies).sorted().toArray();
        return new Load(
                Arrays.stream(asking).mapToLong(caller -> caller.calls).sum(),
                Arrays.stream(asking).mapToLong(caller -> caller.failures).sum(),
                nanos,
                usedCpu,
                after.entrySet().stream()
                        .mapToLong(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L))
                        .sum(),
                percentile(latencies, 50),
                percentile(latencies, 99));
    }

    /** What every living Java thread has allocated so far. */
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
