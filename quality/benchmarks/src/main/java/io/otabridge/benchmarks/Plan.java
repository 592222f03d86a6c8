package io.otabridge.benchmarks;

import java.util.List;

/**
 * The extent of the measurements.
 *
 * @param rounds the number of load rounds
 * @param warmUp the load before the first round
 * @param load the load in each round
 * @param coldStarts the number of cold starts of each contender
 * @param jmh the arguments of JMH
 */
record Plan(int rounds, List<Stage> warmUp, List<Stage> load, int coldStarts, List<String> jmh) {

    /** A number of concurrent callers for a duration. */
    record Stage(int callers, int millis) {}

    /** For the report. */
    static final Plan FULL = new Plan(
            5,
            List.of(new Stage(8, 6000), new Stage(64, 1500), new Stage(1, 1500)),
            List.of(new Stage(1, 1000), new Stage(8, 1500), new Stage(64, 1200)),
            11,
            List.of("-f", "1", "-wi", "3", "-w", "700ms", "-i", "4", "-r", "500ms"));

    /** For a check that everything works. */
    static final Plan QUICK = new Plan(
            1,
            List.of(new Stage(8, 500)),
            List.of(new Stage(1, 200), new Stage(8, 200), new Stage(64, 200)),
            1,
            List.of("-f", "1", "-wi", "1", "-w", "100ms", "-i", "1", "-r", "100ms"));
}
