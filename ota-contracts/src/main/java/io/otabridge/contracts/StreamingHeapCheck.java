package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.ServiceLoader;

/** Streams all packages of a product, or all tasks of a job, in a process with a heap of 64 MiB. */
public final class StreamingHeapCheck {

    private StreamingHeapCheck() {}

    /**
     * Streams all packages of a product in a new process, and checks their number and that none appears twice.
     *
     * @param vendor the vendor name; its adapter must be on the class path
     * @param account name and value of the setting that identifies the account, such as {@code instance-id}
     * @param packages the number of packages of the product
     */
    public static void expectAll(
            String vendor,
            URI endpoint,
            Map.Entry<String, String> account,
            String accessKey,
            String secretKey,
            ProductId product,
            int packages)
            throws IOException, InterruptedException {
        expectAll(vendor, endpoint, account, accessKey, secretKey, "packages", product.value(), packages);
    }

    /**
     * Streams all tasks of a job in a new process, and checks their number. The other parameters are those of {@link
     * #expectAll}.
     *
     * @param tasks the number of tasks of the job
     */
    public static void expectAllTasks(
            String vendor,
            URI endpoint,
            Map.Entry<String, String> account,
            String accessKey,
            String secretKey,
            JobId job,
            int tasks)
            throws IOException, InterruptedException {
        expectAll(vendor, endpoint, account, accessKey, secretKey, "tasks", job.value(), tasks);
    }

    private static void expectAll(
            String vendor,
            URI endpoint,
            Map.Entry<String, String> account,
            String accessKey,
            String secretKey,
            String items,
            String id,
            int count)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("stream-firmware", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamingHeapCheck.class.getName(),
                        vendor,
                        endpoint.toString(),
                        account.getKey(),
                        account.getValue(),
                        accessKey,
                        secretKey,
                        items,
                        id,
                        String.valueOf(count))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            int exitCode = process.waitFor();

            assertThat(exitCode).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /**
     * Runs the stream.
     *
     * @param args vendor, endpoint, name and value of the account setting, access key, secret key, what to stream, the
     * id of the product or job, and the number of packages or tasks
     */
    public static void main(String[] args) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("pacing", "off");
        settings.put("endpoint", args[1]);
        settings.put(args[2], args[3]);
        settings.put("credentials", Map.of("access-key", args[4], "secret-key", args[5]));
        try (Backend backend = provider(args[0])
                .open("prod", SettingsReader.of("backends.prod", settings), BackendContext.system())
                .get()) {
            long count = args[6].equals("tasks")
                    ? backend.jobs().tasks(JobId.of(args[7]), TaskFilter.all()).stream()
                            .map(UpgradeTask::device)
                            .count()
                    : count(backend, ProductId.of(args[7]));
            if (count != Long.parseLong(args[8])) {
                throw new IllegalStateException(count + " " + args[6]);
            }
        }
    }

    private static BackendProvider provider(String vendor) {
        return ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.vendor().name().equals(vendor))
                .findFirst()
                .orElseThrow();
    }

    /** Counts the packages. Fails if one is out of order, which also detects duplicates. */
    private static long count(Backend backend, ProductId product) {
        Iterator<FirmwareSummary> packages = backend
                .firmware()
                .list(FirmwareFilter.all().product(product))
                .stream()
                .iterator();
        long count = 0;
        int order = 0;
        String last = "";
        while (packages.hasNext()) {
            String id = packages.next().id().value();
            int step = Integer.signum(id.compareTo(last));
            if ((count > 0 && step == 0) || (count > 1 && step != order)) {
                throw new IllegalStateException(id + " came after " + last);
            }
            order = step;
            last = id;
            count++;
        }
        return count;
    }
}
