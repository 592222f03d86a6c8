package io.otabridge.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Where and when it was measured.
 *
 * @param load the share of its processors that something else used just before, from 0 to 1
 */
record Machine(String processor, int processors, String java, String system, LocalDate day, double load) {

    /** How long to look at what else is running. The load average would tell of the build that has just ended. */
    private static final long LOOK_MILLIS = 3000;

    private static final double BUSY = 0.1;

    static Machine here() throws InterruptedException {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                LocalDate.now(ZoneOffset.UTC),
                loadOfOthers());
    }

    private static double loadOfOthers() throws InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        // What it tells is about the time since it was asked before.
        system.getCpuLoad();
        Thread.sleep(LOOK_MILLIS);
        return Math.max(0, system.getCpuLoad());
    }

    /** Whether something else was running, so that figures are not to be trusted. */
    boolean isBusy() {
        return load > BUSY;
    }

    String words() {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s, %d processors (%s), %.0f %% of them idle when it began",
                day,
                java,
                system,
                processors,
                processor,
                100 * (1 - load));
    }

    private static String processorName() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
