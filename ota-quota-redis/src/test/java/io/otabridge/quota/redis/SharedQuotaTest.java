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

/** Four processes of sixteen threads each use one quota up, and do not exceed it. */
class SharedQuotaTest {

    private static final int LIMIT = 20;
    private static final int PROCESSES = 4;
    private static final int THREADS = 16;
    private static final int SECONDS = 9;

    @Test
    @Timeout(120)
    void many_processes_use_the_quota_up_and_do_not_exceed_it() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Vendor vendor = new Vendor(LIMIT)) {
            List<Process> callers = new ArrayList<>();
            try {
                for (int i = 0; i < PROCESSES; i++) {
                    callers.add(caller(redis, vendor));
                }
                List<Integer> turns = outcome(callers);
                check(vendor, turns);
            } finally {
                callers.forEach(Process::destroyForcibly);
            }
        }
    }

    private static void check(Vendor vendor, List<Integer> turnsByThread) {
        Collection<Integer> all = vendor.callsBySecond().values();
        // The first and the last second were not whole.
        List<Integer> whole = List.copyOf(all).subList(1, all.size() - 1);
        int calls = all.stream().mapToInt(Integer::intValue).sum();
        String seen = all + ", turns by thread " + turnsByThread;
        assertThat(vendor.refused()).as(seen).isLessThan(Math.max(1, calls / 1000));
        assertThat(whole).as(seen).hasSizeGreaterThanOrEqualTo(SECONDS - 3);
        assertThat(whole.stream().mapToInt(Integer::intValue).sum())
                .as(seen)
                .isGreaterThanOrEqualTo(whole.size() * LIMIT * 95 / 100);
        assertThat(turnsByThread).as(seen).hasSize(PROCESSES * THREADS).allMatch(turns -> turns > 0);
    }

    private static Process caller(RedisServer redis, Vendor vendor) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Caller.class.getName(),
                        redis.address(),
                        vendor.address(),
                        "" + LIMIT,
                        "" + THREADS,
                        "" + SECONDS)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Lets all begin at the same time, and answers the turns of each thread of each. */
    private static List<Integer> outcome(List<Process> callers) throws IOException {
        List<BufferedReader> said = callers.stream().map(Process::inputReader).toList();
        for (BufferedReader words : said) {
            assertThat(words.readLine()).isEqualTo("ready");
        }
        for (Process caller : callers) {
            caller.getOutputStream().write('\n');
            caller.getOutputStream().flush();
        }
        List<Integer> turns = new ArrayList<>();
        for (BufferedReader words : said) {
            String line = words.readLine();
            Stream.of(line.substring(1, line.length() - 1).split(", "))
                    .map(Integer::valueOf)
                    .forEach(turns::add);
        }
        return turns;
    }
}
