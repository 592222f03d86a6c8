package io.otabridge.benchmarks;

import io.otabridge.http.quota.AccountQuota;
import io.otabridge.http.quota.Priority;
import io.otabridge.http.quota.QuotaGovernor;
import io.otabridge.http.quota.QuotaStore;
import io.otabridge.http.quota.QuotaTable;
import io.otabridge.http.quota.Rate;
import io.otabridge.http.quota.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Many processes that use many accounts through a quota that they share, on virtual time: each process has the governor
 * that is used in earnest, over a {@link VirtualRedis}, and calls come by chance, at a rate that differs from account to
 * account and from process to process. Accounts have nothing in common but the processors and Redis's, which are not
 * simulated, so each is gone through by itself. The same seed has the same outcome.
 *
 * @param isShared whether they share the quota; if not, each process keeps to it by itself
 * @param length how long calls come
 * @param warmUp how long of that does not count
 */
record Fleet(int processes, int accounts, boolean isShared, Duration length, Duration warmUp, long seed) {

    /** Calls that come, as a multiple of the quota; an account has one of them. */
    static final List<Double> LOADS = List.of(0.5, 0.75, 1.0, 1.5, 2.0);

    /** What the vendor allows an account, in calls a second. */
    static final int QUOTA = 20;

    /** How long a call waits for its turn at most: the usual deadline. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String OPERATION = "QueryOTAFirmware";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The same without sharing. */
    Fleet withoutSharing() {
        return new Fleet(processes, accounts, false, length, warmUp, seed);
    }

    /** How long it counts. */
    double seconds() {
        return length.minus(warmUp).toSeconds();
    }

    /** What became of the calls of all accounts with one load, from the shortest load to the longest. */
    Map<Double, FleetTally> run() {
        int threads = Math.min(accounts, Runtime.getRuntime().availableProcessors());
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<List<FleetTally>>> runs = IntStream.range(0, threads)
                    .mapToObj(worker -> CompletableFuture.supplyAsync(() -> run(worker, threads), workers))
                    .toList();
            Map<Double, FleetTally> byLoad = new TreeMap<>();
            runs.stream()
                    .flatMap(run -> run.join().stream())
                    .forEach(tally -> byLoad.merge(tally.load(), tally, FleetTally::with));
            return byLoad;
        } finally {
            workers.shutdown();
        }
    }

    private List<FleetTally> run(int first, int step) {
        List<FleetTally> tallies = new ArrayList<>();
        try (VirtualTime time = new VirtualTime()) {
            for (int account = first; account < accounts; account += step) {
                tallies.add(new Account(time, account).run());
            }
        }
        return tallies;
    }

    /** One account, and every process's governor for it. */
    private final class Account {

        private final VirtualTime time;
        private final Random random;
        private final VirtualRedis redis;
        private final FleetTally tally;
        private final List<AccountQuota> byProcess;
        private final Vendor vendor;
        private final long begin;

        Account(VirtualTime time, int number) {
            this.time = time;
            this.random = new Random(seed * 31 + number);
            this.redis = new VirtualRedis(time, this::wayToRedis);
            this.tally = new FleetTally(LOADS.get(number % LOADS.size()), processes);
            this.byProcess = IntStream.range(0, processes)
                    .mapToObj(process -> QuotaGovernor.over(isShared ? redis : QuotaStore.local(time), time)
                            .account("aliyun:" + number, QuotaTable.each(Rate.perSecond(QUOTA))))
                    .toList();
            this.vendor = new Vendor(random.nextInt((int) SECOND));
            this.begin = time.nanoTime();
            time.wakeLate(this::lateness);
        }

        FleetTally run() {
            List<Integer> shuffled =
                    new ArrayList<>(IntStream.range(0, processes).boxed().toList());
            Collections.shuffle(shuffled, random);
            double[] upTo = shares();
            double perSecond = tally.load() * QUOTA;
            double at = exponential(1 / perSecond);
            while (at < length.toSeconds()) {
                int found = Arrays.binarySearch(upTo, random.nextDouble());
                int rank = Math.min(processes - 1, found < 0 ? -found - 1 : found);
                AccountQuota quota = byProcess.get(shuffled.get(rank));
                time.after((long) (at * SECOND), () -> call(rank, quota));
                at += exponential(1 / perSecond);
            }
            time.after(warmUp.toNanos(), () -> tally.begin(redis));
            time.after(length.toNanos(), () -> tally.end(redis));
            time.run();
            return tally;
        }

        /** Of a process's calls, added up from the busiest on: each has as many as its rank is small. */
        private double[] shares() {
            double[] upTo = new double[processes];
            double sum = 0;
            for (int rank = 0; rank < processes; rank++) {
                sum += 1.0 / (rank + 1);
                upTo[rank] = sum;
            }
            for (int rank = 0; rank < processes; rank++) {
                upTo[rank] /= sum;
            }
            return upTo;
        }

        private void call(int rank, AccountQuota quota) {
            long came = time.nanoTime();
            boolean counts = tally.isCounting();
            Turn turn = quota.await(OPERATION, Priority.INTERACTIVE, PATIENCE);
            if (counts) {
                tally.count(rank, turn instanceof Turn.Taken, time.nanoTime() - came);
            }
            if (turn instanceof Turn.Taken) {
                time.sleep(wayToVendor());
                boolean isRefused = vendor.isRefused(time.nanoTime() - begin);
                tally.arrived(isRefused, vendor.lastSecond());
                if (isRefused) {
                    quota.throttled(OPERATION, Duration.ofSeconds(1));
                }
            }
        }

        private long wayToRedis() {
            return 150_000 + random.nextInt(200_000);
        }

        /** Calls differ by up to 30 ms on their way. */
        private long wayToVendor() {
            return 5_000_000 + random.nextInt(30_000_000);
        }

        /** A tenth of a millisecond, and now and then what a collection of garbage takes. */
        private long lateness() {
            return (long) exponential(100_000) + (random.nextInt(2000) == 0 ? random.nextInt(60_000_000) : 0);
        }

        private double exponential(double mean) {
            return -mean * Math.log(1 - random.nextDouble());
        }
    }

    /** Refuses what is too much in a second of its clock, and knows how many have come in the second before now. */
    private static final class Vendor {

        private final long phase;
        private final ArrayDeque<Long> came = new ArrayDeque<>();
        private long second = -1;
        private int inSecond;

        Vendor(long phase) {
            this.phase = phase;
        }

        boolean isRefused(long now) {
            came.addLast(now);
            while (now - came.getFirst() >= SECOND) {
                came.removeFirst();
            }
            long current = (now + phase) / SECOND;
            inSecond = current == second ? inSecond + 1 : 1;
            second = current;
            return inSecond > QUOTA;
        }

        int lastSecond() {
            return came.size();
        }
    }
}
