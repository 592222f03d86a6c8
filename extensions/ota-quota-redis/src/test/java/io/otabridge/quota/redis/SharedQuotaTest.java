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

    /** A machine that is busy with other things may hold callers up on their way, but does not do so every time. */
    private static final int TRIES = 3;

    /** What the vendor saw of one try. The first and the last second were not whole. */
    private record Seen(List<Integer> wholeSeconds, int calls, int refused, List<Integer> turnsByThread) {

        private boolean isWithinTheQuota() {
            return refused < Math.max(1, calls / 1000);
        }

        private boolean isUsedUp() {
            return wholeSeconds.size() >= SECONDS - 3
                    && wholeSeconds.stream().mapToInt(Integer::intValue).sum()
                            >= wholeSeconds.size() * LIMIT * 95 / 100;
        }

        private boolean isFair() {
            return turnsByThread.size() == PROCESSES * THREADS
                    && turnsByThread.stream().allMatch(turns -> turns > 0);
        }
    }

    @Test
    @Timeout(240)
    void many_processes_use_the_quota_up_and_do_not_exceed_it() throws Exception {
        Seen seen = tried();
        for (int tries = 1; tries < TRIES && !(seen.isWithinTheQuota() && seen.isUsedUp() && seen.isFair()); tries++) {
            // One that was held up may come in the next second. More of them are none that were held up.
            assertThat(seen.refused()).as(seen.toString()).isLessThanOrEqualTo(seen.calls() / 50);
            seen = tried();
        }
        assertThat(seen).matches(Seen::isWithinTheQuota, "had fewer than one of 1,000 calls refused");
        assertThat(seen).matches(Seen::isUsedUp, "has used at least 95 % of the quota");
        assertThat(seen).matches(Seen::isFair, "has given every thread its turns");
    }

    private static Seen tried() throws IOException {
        try (RedisServer redis = RedisServer.start();
                Vendor vendor = new Vendor(LIMIT)) {
            List<Process> callers = new ArrayList<>();
            try {
                for (int i = 0; i < PROCESSES; i++) {
                    callers.add(caller(redis, vendor));
                }
                List<Integer> turns = outcome(callers);
                Collection<Integer> all = vendor.callsBySecond().values();
                return new Seen(
                        List.copyOf(all).subList(1, all.size() - 1),
                        all.stream().mapToInt(Integer::intValue).sum(),
                        vendor.refused(),
                        turns);
            } finally {
                callers.forEach(Process::destroyForcibly);
            }
        }
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
