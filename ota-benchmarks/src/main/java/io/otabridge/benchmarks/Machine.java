package io.otabridge.benchmarks;

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
 * @param load how many threads wanted to run when it began
 */
record Machine(String processor, int processors, String java, String system, LocalDate day, double load) {

    static Machine here() {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                LocalDate.now(ZoneOffset.UTC),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Whether something else was running, so that figures are not to be trusted. */
    boolean isBusy() {
        return load > 0.25 * processors;
    }

    String words() {
        return String.format(
                Locale.ROOT,
                "%s, %d processors (%s), %s, %s; load average %.1f when it began",
                day,
                processors,
                processor,
                java,
                system,
                load);
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
