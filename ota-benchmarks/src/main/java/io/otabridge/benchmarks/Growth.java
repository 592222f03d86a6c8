package io.otabridge.benchmarks;

import io.otabridge.benchmarks.Contender.Role;
import io.otabridge.benchmarks.Contender.Vendor;
import io.otabridge.benchmarks.Figures.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** Measures what becomes of cost when there is more of something. For one thread. */
final class Growth {

    static final String RATE = "calls a second";
    static final String CPU = "CPU per call (µs)";
    static final String BYTES = "allocated per call (kB)";
    static final String P50 = "p50 (ms)";
    static final String P99 = "p99 (ms)";
    static final String THREADS = "threads beside the callers";
    static final String CONNECTIONS = "connections used";
    static final String MADE = "connections made per 1,000 calls";
    static final String SECONDS = "seconds";
    static final String EACH = "µs per package";
    static final String CPU_EACH = "CPU per package (µs)";
    static final String BYTES_EACH = "allocated per package (kB)";
    static final String ALIVE = "most memory alive (MiB)";
    static final String USED = "of the quota (%)";
    static final String REFUSED = "refused by the vendor";
    static final String TRIPS = "round trips to Redis per call";
    static final String CHANGES = "of them changes";
    static final String TRAFFIC = "bytes to and from Redis per call";
    static final String FAIR = "slowest / fastest process";
    static final String MOST = "most calls in any second";
    static final String WAIT_50 = "p50 of waits (s)";
    static final String WAIT_99 = "p99 of waits (s)";
    static final String ANSWERED = "answered (%)";
    static final String TOLD = "p50 until told that it is too late (s)";
    static final String BUSIEST = "answered, busiest process (%)";
    static final String QUIET = "answered, quieter half (%)";
    static final String EVEN = "turns, fewest / most of those that wanted as many";
    static final String ACCOUNT_TRIPS = "round trips to Redis a second, each account";

    static final String SHARED = "quota shared through Redis";
    static final String ALONE = "each process by itself";

    /** What the vendor allows those processes that share a quota in earnest. */
    static final int LIMIT = 100;

    /** How long answers are on their way in inventories. */
    static final int WAY_MILLIS = 20;

    private static final int CALLERS_EACH = 4;

    private final Programs programs;
    private final GrowthPlan plan;

    final Figures callers = new Figures(
            "callers",
            new Column(RATE, 0),
            new Column(CPU, 0),
            new Column(BYTES, 1),
            new Column(P50, 2),
            new Column(P99, 2),
            new Column(THREADS, 0),
            new Column(CONNECTIONS, 0),
            new Column(MADE, 1));
    final Figures packages = new Figures(
            "packages",
            new Column(SECONDS, 3),
            new Column(EACH, 1),
            new Column(CPU_EACH, 1),
            new Column(BYTES_EACH, 2),
            new Column(ALIVE, 1));
    final Figures backends =
            new Figures("backends", new Column(SECONDS, 2), new Column(CPU_EACH, 1), new Column("threads at most", 0));
    final Figures processes = new Figures(
            "processes",
            new Column(RATE, 1),
            new Column(USED, 1),
            new Column(REFUSED, 0),
            new Column(FAIR, 2),
            new Column(TRIPS, 2),
            new Column(CHANGES, 2),
            new Column(TRAFFIC, 0));
    final Figures fleet = new Figures(
            "calls wanted / quota",
            new Column(USED, 1),
            new Column(MOST, 0),
            new Column(REFUSED, 0),
            new Column(WAIT_50, 2),
            new Column(WAIT_99, 2),
            new Column(ANSWERED, 1),
            new Column(TOLD, 2),
            new Column(BUSIEST, 1),
            new Column(QUIET, 1),
            new Column(EVEN, 2),
            new Column(ACCOUNT_TRIPS, 1));

    /** What is wrong with the figures. */
    final List<String> faults = new ArrayList<>();

    Optional<RedisCost> redis = Optional.empty();
    Map<Double, FleetTally> tallies = Map.of();

    /**
     * What a Redis here is able to carry.
     *
     * @param bytesOfTrip that go to and from it for a round trip, on average
     * @param bytesOfKey that a quota takes in its memory
     * @param turnsPerSecond that it gives if it has nothing else to do; absent where it could not be measured
     */
    record RedisCost(String version, double bytesOfTrip, long bytesOfKey, OptionalDouble turnsPerSecond) {}

    Growth(Programs programs, GrowthPlan plan) {
        this.programs = programs;
        this.plan = plan;
    }

    void measure() throws IOException {
        say("callers");
        callers();
        say("packages");
        packages();
        say("backends");
        backends();
        say("processes");
        processes();
        say("a fleet, on virtual time");
        fleet();
    }

    private void callers() throws IOException {
        try (ChildJvm server = programs.server()) {
            String endpoint = "http://127.0.0.1:" + server.hear();
            Map<Vendor, ChildJvm> workers = new LinkedHashMap<>();
            try {
                for (Vendor vendor : Vendor.values()) {
                    ChildJvm worker = programs.worker(Contender.the(vendor, Role.OURS), endpoint);
                    workers.put(vendor, worker);
                    worker.ask("8 " + plan.warmUpMillis());
                }
                for (int round = 0; round < plan.rounds(); round++) {
                    for (int count : plan.callers()) {
                        for (Vendor vendor : Vendor.values()) {
                            callers(server, vendor, Objects.requireNonNull(workers.get(vendor)), count);
                        }
                    }
                }
            } finally {
                workers.values().forEach(ChildJvm::close);
            }
        }
    }

    private void callers(ChildJvm server, Vendor vendor, ChildJvm worker, int count) throws IOException {
        long[] before = numbers(server.ask(""));
        Load load = load(vendor.words, worker.ask(count + " " + plan.millis()));
        long[] after = numbers(server.ask(""));
        callers.add(
                vendor.words,
                count,
                load.callsPerSecond(),
                load.perCall(load.cpuNanos()) / 1e3,
                load.perCall(load.bytes()) / 1e3,
                load.p50Nanos() / 1e6,
                load.p99Nanos() / 1e6,
                load.threads() - count,
                after[2],
                load.perCall(after[1] - before[1]) * 1e3);
    }

    private Load load(String words, String line) {
        Load load = Load.parse(line);
        if (load.failures() > 0 || load.calls() == 0) {
            faults.add(words + ": " + load.failures() + " of " + load.calls() + " calls failed");
        }
        return load;
    }

    private void packages() throws IOException {
        List<String> orders = new ArrayList<>();
        for (Vendor vendor : Vendor.values()) {
            plan.packages().forEach(count -> orders.add(name(vendor) + " " + count + " 0"));
        }
        int warmUp = Math.max(0, plan.packages().size() - 2);
        try (ChildJvm catalogue = programs.own("catalogue", List.of(), List.of(Catalogue.class.getName()));
                ChildJvm walker = walker(catalogue, orders, "-Xmx64m")) {
            for (Vendor vendor : Vendor.values()) {
                int first = vendor.ordinal() * plan.packages().size();
                walker.ask("stream " + (first + warmUp) + " " + plan.packages().get(warmUp));
                for (int i = 0; i < plan.packages().size(); i++) {
                    int count = plan.packages().get(i);
                    long[] said = numbers(walker.ask("stream " + (first + i) + " " + count));
                    expect(vendor.words, said[0], count);
                    packages.add(
                            vendor.words,
                            count,
                            said[1] / 1e9,
                            said[1] / 1e3 / count,
                            said[2] / 1e3 / count,
                            said[3] / 1e3 / count,
                            said[4] / (double) (1 << 20));
                }
            }
        }
    }

    private void backends() throws IOException {
        int most = plan.backends().get(plan.backends().size() - 1);
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Vendor vendor = Vendor.values()[i % Vendor.values().length];
            orders.add(name(vendor) + " " + plan.packagesEach() + " " + WAY_MILLIS);
        }
        try (ChildJvm catalogue = programs.own("catalogue", List.of(), List.of(Catalogue.class.getName()));
                ChildJvm walker = walker(catalogue, orders, "-Xmx512m")) {
            walker.ask("inventory " + most + " 4");
            for (int round = 0; round < plan.rounds(); round++) {
                for (int count : plan.backends()) {
                    inventory(walker, "4 at the same time, as it comes", count, 4);
                    inventory(walker, "all at the same time", count, most);
                }
            }
        }
    }

    private void inventory(ChildJvm walker, String words, int count, int parallel) throws IOException {
        long[] said = numbers(walker.ask("inventory " + count + " " + parallel));
        expect("inventory of " + count, said[0], (long) count * plan.packagesEach());
        backends.add(words, count, said[1] / 1e9, said[2] / 1e3 / said[0], said[3]);
    }

    private ChildJvm walker(ChildJvm catalogue, List<String> orders, String heap) throws IOException {
        List<String> program = new ArrayList<>(List.of(Walker.class.getName()));
        for (String order : orders) {
            program.add(catalogue.ask(order));
        }
        return programs.own("walker", List.of(heap), program);
    }

    private void processes() throws IOException {
        Optional<Redis> started = Redis.start();
        if (started.isEmpty()) {
            return;
        }
        try (Redis server = started.get()) {
            double bytesOfTrip = 0;
            for (int count : plan.processes()) {
                bytesOfTrip = processes(server, count);
            }
            long bytesOfKey = server.bytesOfKey();
            redis = Optional.of(
                    new RedisCost(server.version(), bytesOfTrip, bytesOfKey, server.turnsPerSecond(plan.requests())));
        }
    }

    /** Lets so many processes call as often as they may, looks at a time in the midst, and answers the bytes of a trip. */
    private double processes(Redis redis, int count) throws IOException {
        List<ChildJvm> workers = new ArrayList<>();
        try (ChildJvm vendor = programs.server("" + LIMIT)) {
            String endpoint = "http://127.0.0.1:" + vendor.hear();
            for (int i = 0; i < count; i++) {
                workers.add(sharing(redis, endpoint));
            }
            askAll(workers, CALLERS_EACH + " " + 1000);
            for (ChildJvm worker : workers) {
                worker.tell(CALLERS_EACH + " " + 1000 * (plan.seconds() + 2));
            }
            pause(1000);
            long start = System.nanoTime();
            long[] before = numbers(vendor.ask(""));
            Redis.Done doneBefore = redis.done();
            pause(1000L * plan.seconds());
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] after = numbers(vendor.ask(""));
            Redis.Done done = redis.done().since(doneBefore);
            long least = Long.MAX_VALUE;
            long most = 0;
            for (ChildJvm worker : workers) {
                Load load = load(count + " processes that share a quota", worker.hear());
                least = Math.min(least, load.calls());
                most = Math.max(most, load.calls());
            }
            long calls = after[0] - before[0];
            double bytes = done.bytesIn() + done.bytesOut();
            processes.add(
                    SHARED,
                    count,
                    calls / seconds,
                    100 * calls / seconds / LIMIT,
                    after[3] - before[3],
                    (double) least / most,
                    (double) done.trips() / calls,
                    (double) done.changes() / calls,
                    bytes / calls);
            return bytes / done.trips();
        } finally {
            workers.forEach(ChildJvm::close);
        }
    }

    private ChildJvm sharing(Redis redis, String endpoint) throws IOException {
        return programs.own(
                "sharing",
                List.of(
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-D" + SharingBridge.REDIS + "=" + redis.address(),
                        "-D" + SharingBridge.LIMIT + "=" + LIMIT),
                List.of(Worker.class.getName(), SharingBridge.class.getName(), endpoint, Vendor.ALIYUN.version));
    }

    /** Waits until each is ready, gives each this order, and waits for what they answer. */
    private static void askAll(List<ChildJvm> workers, String order) throws IOException {
        for (ChildJvm worker : workers) {
            worker.hear();
        }
        for (ChildJvm worker : workers) {
            worker.tell(order);
        }
        for (ChildJvm worker : workers) {
            worker.hear();
        }
    }

    private void fleet() {
        tallies = plan.fleet().run();
        tallies.forEach((load, tally) -> fleet(SHARED, load, plan.fleet(), tally));
        plan.alone().run().forEach((load, tally) -> fleet(ALONE, load, plan.alone(), tally));
        String crowd = Figures.shown(plan.crowd().processes(), 0) + " processes";
        plan.crowd().run().forEach((load, tally) -> fleet(crowd, load, plan.crowd(), tally));
    }

    private void fleet(String series, double load, Fleet which, FleetTally tally) {
        fleet.add(
                series,
                load,
                100 * tally.usedShare(which.seconds()),
                tally.mostInSecond(),
                tally.refused(),
                tally.waitSeconds(50),
                tally.waitSeconds(99),
                100 * tally.answeredShare(0, which.processes()),
                tally.toldAfterSeconds(),
                100 * tally.answeredShare(0, 1),
                100 * tally.answeredShare(which.processes() / 2, which.processes()),
                tally.evenness(),
                which.isShared() ? tally.tripsPerSecond(which.seconds()) : 0);
    }

    private void expect(String words, long found, long there) {
        if (found != there) {
            faults.add(words + ": found " + found + " packages of " + there);
        }
    }

    private static String name(Vendor vendor) {
        return vendor.name().toLowerCase(Locale.ROOT);
    }

    private static long[] numbers(String line) {
        return Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static void say(String words) {
        System.err.println(words);
    }
}
