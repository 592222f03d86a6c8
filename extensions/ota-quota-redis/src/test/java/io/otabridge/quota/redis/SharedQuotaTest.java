package io.otabridge.quota.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Four processes with sixteen threads each use one quota fully and do not exceed it. */
class SharedQuotaTest {

    private static final int LIMIT = 20;
    private static final int PROCESSES = 4;
    private static final int THREADS = 16;
    private static final int SECONDS = 9;

    /** On a busy machine requests may be delayed on the network in one attempt, but not in all. */
    private static final int MAX_ATTEMPTS = 3;

    /** The requests that the vendor received in one attempt. The incomplete first and last seconds are left out. */
    private record Observation(List<Integer> wholeSeconds, int calls, int rejected, List<Integer> permitsByThread) {

        private boolean isWithinTheQuota() {
            return rejected < Math.max(1, calls / 1000);
        }

        private boolean isUsedUp() {
            return wholeSeconds.size() >= SECONDS - 3
                    && wholeSeconds.stream().mapToInt(Integer::intValue).sum()
                            >= wholeSeconds.size() * LIMIT * 95 / 100;
        }

        private boolean isFair() {
            return permitsByThread.size() == PROCESSES * THREADS
                    && permitsByThread.stream().allMatch(permits -> permits > 0);
        }
    }

    @Test
    @Timeout(240)
    void several_processes_use_the_quota_fully_and_do_not_exceed_it() throws Exception {
        Observation observed = runOnce();
        for (int attempt = 1;
                attempt < MAX_ATTEMPTS && !(observed.isWithinTheQuota() && observed.isUsedUp() && observed.isFair());
                attempt++) {
            // A delayed request may be counted in the next second. More rejections have another cause.
            assertThat(observed.rejected()).as(observed.toString()).isLessThanOrEqualTo(observed.calls() / 50);
            observed = runOnce();
        }
        assertThat(observed).matches(Observation::isWithinTheQuota, "had fewer than 1 of 1,000 calls rejected");
        assertThat(observed).matches(Observation::isUsedUp, "used at least 95 % of the quota");
        assertThat(observed).matches(Observation::isFair, "gave every thread a permit");
    }

    private static Observation runOnce() throws IOException {
        try (RedisServer redis = RedisServer.start();
                RateLimitedVendor vendor = new RateLimitedVendor(LIMIT)) {
            List<Process> callers = new ArrayList<>();
            try {
                for (int i = 0; i < PROCESSES; i++) {
                    callers.add(caller(redis, vendor));
                }
                List<Integer> permits = outcome(callers);
                Collection<Integer> all = vendor.callsBySecond().values();
                return new Observation(
                        List.copyOf(all).subList(1, all.size() - 1),
                        all.stream().mapToInt(Integer::intValue).sum(),
                        vendor.rejected(),
                        permits);
            } finally {
                callers.forEach(Process::destroyForcibly);
            }
        }
    }

    private static Process caller(RedisServer redis, RateLimitedVendor vendor) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CallerProcess.class.getName(),
                        redis.address(),
                        vendor.address(),
                        "" + LIMIT,
                        "" + THREADS,
                        "" + SECONDS)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Starts all processes at the same time and returns the number of permits of each thread. */
    private static List<Integer> outcome(List<Process> callers) throws IOException {
        List<BufferedReader> outputs =
                callers.stream().map(Process::inputReader).toList();
        for (BufferedReader output : outputs) {
            assertThat(output.readLine()).isEqualTo("ready");
        }
        for (Process caller : callers) {
            caller.getOutputStream().write('\n');
            caller.getOutputStream().flush();
        }
        List<Integer> permits = new ArrayList<>();
        for (BufferedReader output : outputs) {
            String line = output.readLine();
            Stream.of(line.substring(1, line.length() - 1).split(", "))
                    .map(Integer::valueOf)
                    .forEach(permits::add);
        }
        return permits;
    }
}
