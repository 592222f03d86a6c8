package io.otabridge.benchmarks;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What became of the calls of accounts with the same load, while it counted. For one thread at a time. */
final class FleetTally {

    private final double load;
    private final long[] asked;
    private final long[] taken;
    private long[] waits = new long[1024];
    private int turns;
    private long[] waitsInVain = new long[256];
    private int inVain;
    private int accounts = 1;
    private long sent;
    private long refused;
    private int mostInSecond;
    private long reads;
    private long changes;
    private long conflicts;
    private boolean isCounting;

    /** @param processes how many there are, from the busiest to that with the fewest calls */
    FleetTally(double load, int processes) {
        this.load = load;
        this.asked = new long[processes];
        this.taken = new long[processes];
    }

    double load() {
        return load;
    }

    boolean isCounting() {
        return isCounting;
    }

    void begin(VirtualRedis redis) {
        isCounting = true;
        reads -= redis.reads;
        changes -= redis.changes;
        conflicts -= redis.conflicts;
    }

    void end(VirtualRedis redis) {
        isCounting = false;
        reads += redis.reads;
        changes += redis.changes;
        conflicts += redis.conflicts;
    }

    /** A call of the process of this rank that came while it counted had a turn, or was told that it could not. */
    void count(int rank, boolean hasTurn, long waited) {
        asked[rank]++;
        if (hasTurn) {
            taken[rank]++;
            waits = withRoom(waits, turns);
            waits[turns++] = waited;
        } else {
            waitsInVain = withRoom(waitsInVain, inVain);
            waitsInVain[inVain++] = waited;
        }
    }

    /** A call reached the vendor, which has had so many in the second before. */
    void arrived(boolean isRefused, int inSecond) {
        mostInSecond = Math.max(mostInSecond, inSecond);
        refused += isRefused ? 1 : 0;
        sent += isCounting ? 1 : 0;
    }

    /** Both together. */
    FleetTally with(FleetTally other) {
        FleetTally both = new FleetTally(load, asked.length);
        for (int rank = 0; rank < asked.length; rank++) {
            both.asked[rank] = asked[rank] + other.asked[rank];
            both.taken[rank] = taken[rank] + other.taken[rank];
        }
        both.waits = Arrays.copyOf(waits, turns + other.turns);
        System.arraycopy(other.waits, 0, both.waits, turns, other.turns);
        both.turns = turns + other.turns;
        both.waitsInVain = Arrays.copyOf(waitsInVain, inVain + other.inVain);
        System.arraycopy(other.waitsInVain, 0, both.waitsInVain, inVain, other.inVain);
        both.inVain = inVain + other.inVain;
        both.accounts = accounts + other.accounts;
        both.sent = sent + other.sent;
        both.refused = refused + other.refused;
        both.mostInSecond = Math.max(mostInSecond, other.mostInSecond);
        both.reads = reads + other.reads;
        both.changes = changes + other.changes;
        both.conflicts = conflicts + other.conflicts;
        return both;
    }

    /** How many accounts it is about. */
    int accounts() {
        return accounts;
    }

    /** Calls that the vendor refused, those included that came when it did not count. */
    long refused() {
        return refused;
    }

    /** The most calls that came to the vendor in any second of any account, wherever the second began. */
    int mostInSecond() {
        return mostInSecond;
    }

    /** Of the whole quota. */
    double usedShare(double seconds) {
        return sent / (seconds * Fleet.QUOTA * accounts);
    }

    /** Of the calls that had a turn, so many per cent waited no longer. */
    double waitSeconds(int percent) {
        return percentile(sorted(waits, turns), percent);
    }

    /** Of the calls that were told that there is no turn for them in time, half were told no later than after this. */
    double toldAfterSeconds() {
        return percentile(sorted(waitsInVain, inVain), 50);
    }

    private static double percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) ((sorted.length - 1L) * percent / 100)] / 1e9;
    }

    private static long[] sorted(long[] values, int count) {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static long[] withRoom(long[] values, int count) {
        return count < values.length ? values : Arrays.copyOf(values, count * 2);
    }

    /** Of the calls of the processes from this rank on and before that one, those that had a turn. */
    double answeredShare(int from, int to) {
        long calls = Arrays.stream(asked, from, to).sum();
        return calls == 0 ? 1 : (double) Arrays.stream(taken, from, to).sum() / calls;
    }

    /**
     * Turns of the process that had fewest, for one turn of that which had most, among those that wanted at least so many:
     * 1 is even.
     */
    double evenness() {
        long most = Arrays.stream(taken).max().orElse(0);
        long fewest = IntStream.range(0, taken.length)
                .filter(rank -> asked[rank] >= most)
                .mapToLong(rank -> taken[rank])
                .min()
                .orElse(most);
        return most == 0 ? 1 : (double) fewest / most;
    }

    /** Round trips to Redis, for each account. */
    double tripsPerSecond(double seconds) {
        return (reads + changes) / seconds / accounts;
    }

    @Override
    public String toString() {
        return load + "x: " + accounts + " accounts, " + sent + " sent, " + refused + " refused, at most "
                + mostInSecond
                + " in a second, " + reads + " + " + changes + " trips, " + conflicts + " in vain, asked "
                + Arrays.toString(asked) + ", turns " + Arrays.toString(taken) + ", waits "
                + Arrays.hashCode(sorted(waits, turns)) + " " + Arrays.hashCode(sorted(waitsInVain, inVain));
    }
}
