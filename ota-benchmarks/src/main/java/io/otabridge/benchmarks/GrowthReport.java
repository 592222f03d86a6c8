package io.otabridge.benchmarks;

import io.otabridge.benchmarks.Growth.RedisCost;
import io.otabridge.benchmarks.LineChart.Panel;
import java.util.List;
import java.util.Optional;

/** What was measured of growth, as Markdown and as a drawing. */
final class GrowthReport {

    /** Operations of Alibaba Cloud that the library calls, each with a quota of its own. */
    private static final int OPERATIONS = 7;

    private final Growth growth;
    private final GrowthPlan plan;
    private final Machine machine;
    private final StringBuilder text = new StringBuilder();

    GrowthReport(Growth growth, GrowthPlan plan, Machine machine) {
        this.growth = growth;
        this.plan = plan;
        this.machine = machine;
    }

    /** The drawing. */
    String chart() {
        return new LineChart(List.of(
                        new Panel("Calls a second", "callers", growth.callers, Growth.RATE, false),
                        new Panel("CPU per call (µs)", "callers", growth.callers, Growth.CPU, false),
                        new Panel("Time for a whole stream (s)", "packages", growth.packages, Growth.SECONDS, true),
                        new Panel("Most memory alive (MiB)", "packages", growth.packages, Growth.ALIVE, false),
                        new Panel("Time for an inventory (s)", "backends", growth.backends, Growth.SECONDS, false),
                        new Panel("Use of a shared quota (%)", "processes", growth.processes, Growth.USED, false),
                        new Panel(
                                "Simulated fleet: use of the quota (%)",
                                "calls wanted / quota", growth.fleet, Growth.USED, false),
                        new Panel(
                                "Simulated fleet: p99 of waits (s)",
                                "calls wanted / quota",
                                growth.fleet,
                                Growth.WAIT_99,
                                false)))
                .text();
    }

    /** The part of the page that is measured. */
    String text() {
        text.setLength(0);
        line(machine.words() + ". Medians of " + plan.rounds() + " rounds for callers and backends.");
        if (machine.isBusy()) {
            line("");
            line("**The machine was busy with something else: trust nothing but counts and what is simulated.**");
        }
        growth.faults.forEach(fault -> {
            line("");
            line("**Not to be trusted: " + fault + ".**");
        });
        line("");
        line("![Lines for callers, packages, backends, processes, and a simulated fleet](growth.svg)");
        table(
                "Callers",
                "One backend, all callers at the same time, each with one call after the other.",
                growth.callers);
        table("Packages", packages(), growth.packages);
        table(
                "Backends",
                "An inventory of backends with " + shown(plan.packagesEach(), 0)
                        + " packages each, half of them Huawei's;" + " every answer is " + Growth.WAY_MILLIS
                        + " ms on its way.",
                growth.backends);
        if (growth.redis.isEmpty()) {
            heading("Processes");
            line("Not measured: no redis-server here.");
        } else {
            table(
                    "Processes",
                    "A quota of " + Growth.LIMIT
                            + " calls a second, of which the governor leaves 3.5 % unused, shared through "
                            + growth.redis.get().version()
                            + ". The vendor refuses what is too much in a second of its clock.",
                    growth.processes);
        }
        table("A fleet, simulated", fleet(), growth.fleet);
        paper();
        return text.toString();
    }

    /** How time and memory compare between streams that are both long. */
    private String packages() {
        List<Integer> sizes = plan.packages();
        int many = sizes.get(sizes.size() - 1);
        int fewer = sizes.get(sizes.size() / 2);
        StringBuilder words = new StringBuilder("A stream of all packages, in a process whose heap is at most 64 MiB.");
        if (many > fewer) {
            for (String series : growth.packages.series()) {
                words.append(' ')
                        .append(series)
                        .append(": ")
                        .append(shown((double) many / fewer, 0))
                        .append(" times as many packages (")
                        .append(shown(many, 0))
                        .append(" for ")
                        .append(shown(fewer, 0))
                        .append(") take ")
                        .append(shown(times(series, Growth.SECONDS, fewer, many), 1))
                        .append(" times the time and ")
                        .append(shown(times(series, Growth.ALIVE, fewer, many), 2))
                        .append(" times the memory.");
            }
        }
        return words.toString();
    }

    private double times(String series, String column, int fewer, int many) {
        return growth.packages.value(series, many, column) / growth.packages.value(series, fewer, column);
    }

    private String fleet() {
        Fleet fleet = plan.fleet();
        return shown(fleet.processes(), 0) + " processes, " + shown(fleet.accounts(), 0) + " accounts of " + Fleet.QUOTA
                + " calls a second, a fifth of them with each load; " + shown(fleet.seconds(), 0)
                + " seconds of virtual time that count; seed " + fleet.seed() + ". Without sharing: "
                + shown(plan.alone().accounts(), 0) + " accounts; with ten times the processes: "
                + shown(plan.crowd().accounts(), 0) + ".";
    }

    private void paper() {
        heading("What Redis must carry, on paper");
        int accounts = plan.fleet().accounts();
        double mixed = growth.tallies.values().stream()
                .mapToDouble(tally -> tally.tripsPerSecond(plan.fleet().seconds()) * tally.accounts())
                .sum();
        double worst = growth.tallies.values().stream()
                        .mapToDouble(tally -> tally.tripsPerSecond(plan.fleet().seconds()))
                        .max()
                        .orElse(0)
                * accounts;
        row(
                "",
                accounts(accounts) + ", mixed loads",
                accounts(accounts) + ", all at the worst load",
                accounts(10 * accounts) + ", mixed loads",
                accounts(10 * accounts) + ", all at the worst load");
        row("---", "---:", "---:", "---:", "---:");
        row("round trips a second", mixed, worst, 1, 0);
        Optional<RedisCost> redis = growth.redis;
        if (redis.isEmpty()) {
            line("");
            line("Bytes, memory and what a Redis is able to do are not measured: no redis-server here.");
            return;
        }
        RedisCost cost = redis.get();
        row("MB a second to and from it", mixed, worst, cost.bytesOfTrip() / 1e6, 2);
        row("keys, one operation in use", accounts, accounts, 1, 0);
        row("keys, " + OPERATIONS + " operations in use", accounts, accounts, OPERATIONS, 0);
        row("MiB for those keys", accounts, accounts, OPERATIONS * cost.bytesOfKey() / (double) (1 << 20), 2);
        cost.turnsPerSecond()
                .ifPresent(
                        turns -> row("of what one redis-server here is able to do (%)", mixed, worst, 50 / turns, 1));
        line("");
        line(
                "Each account calls one operation; every other in use at the same time costs as much again. A round trip is "
                        + shown(cost.bytesOfTrip(), 0)
                        + " bytes in both directions on average, a key with its value "
                        + cost.bytesOfKey() + " bytes (`MEMORY USAGE`)."
                        + (cost.turnsPerSecond().isEmpty()
                                ? " There is no redis-benchmark here to say what this Redis is able to do."
                                : " Here " + cost.version() + " gives "
                                        + shown(cost.turnsPerSecond().getAsDouble(), 0)
                                        + " turns a second, two round trips each, to 50 connections of redis-benchmark, which has the"
                                        + " same processors."));
    }

    private static String accounts(int number) {
        return shown(number, 0) + " accounts";
    }

    private void row(String words, double mixed, double worst, double scale, int decimals) {
        row(
                words,
                shown(mixed * scale, decimals),
                shown(worst * scale, decimals),
                shown(10 * mixed * scale, decimals),
                shown(10 * worst * scale, decimals));
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void table(String title, String words, Figures figures) {
        heading(title);
        line(words);
        line("");
        text.append(figures.markdown());
    }

    private void heading(String title) {
        line("");
        line("### " + title);
        line("");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String shown(double value, int decimals) {
        return Figures.shown(value, decimals);
    }
}
