package io.otabridge.benchmarks;

import java.util.List;

/**
 * How long everything takes.
 *
 * @param rounds of load
 * @param warmUp load before anything counts
 * @param load in each round
 * @param coldStarts processes of each contender that ask once
 * @param jmh arguments of JMH
 */
record Plan(int rounds, List<Stage> warmUp, List<Stage> load, int coldStarts, List<String> jmh) {

    /** So many callers for so long. */
    record Stage(int callers, int millis) {}

    /** For figures. */
    static final Plan FULL = new Plan(
            5,
            List.of(new Stage(8, 6000), new Stage(64, 1500), new Stage(1, 1500)),
            List.of(new Stage(1, 1000), new Stage(8, 1500), new Stage(64, 1200)),
            11,
            List.of("-f", "1", "-wi", "3", "-w", "700ms", "-i", "4", "-r", "500ms"));

    /** To see whether everything works. */
    static final Plan QUICK = new Plan(
            1,
            List.of(new Stage(8, 500)),
            List.of(new Stage(1, 200), new Stage(8, 200), new Stage(64, 200)),
            1,
            List.of("-f", "1", "-wi", "1", "-w", "100ms", "-i", "1", "-r", "100ms"));
}
