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
 * The machine and the date of a measurement.
 *
 * @param load the CPU load by other processes before the measurement, from 0 to 1
 */
record Machine(String processor, int processors, String java, String system, LocalDate day, double load) {

    /** The time over which the load is measured. The load average would include the build that has just finished. */
    private static final long SAMPLE_MILLIS = 3000;

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
        // Each call returns the load since the previous one.
        system.getCpuLoad();
        Thread.sleep(SAMPLE_MILLIS);
        return Math.max(0, system.getCpuLoad());
    }

    /** Returns whether other processes make the results unreliable. */
    boolean isBusy() {
        return load > BUSY;
    }

    String describe() {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s, %d processors (%s), %.0f %% idle at the start",
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
