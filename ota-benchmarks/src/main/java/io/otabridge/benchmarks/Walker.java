package io.otabridge.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.otabridge.app.Inventory;
import io.otabridge.app.InventoryQuery;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A process that lists catalogues. For a line {@code stream BACKEND PACKAGES} on its standard input it goes through one
 * backend, and for {@code inventory BACKENDS PARALLEL} through so many from the first on; it prints how many packages it
 * found, and then the nanoseconds, the CPU time in nanoseconds, and of a stream the bytes allocated for it and the most bytes
 * alive, of an inventory the most threads. Ends with its input.
 */
public final class Walker {

    /** How often the memory is looked at in a stream. */
    private static final int LOOKS = 8;

    /** Shorter streams are repeated until they have so many packages together. */
    private static final int MANY = 300;

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final OtaBridge ota;

    private Walker(OtaBridge ota) {
        this.ota = ota;
    }

    /**
     * Obeys until its input ends.
     *
     * @param args an account each, as {@link Catalogue} names it; the backends are called by their numbers from 0 on
     */
    public static void main(String[] args) throws IOException {
        OtaConfig.Builder config = OtaConfig.builder().defaultBackend("0");
        for (int i = 0; i < args.length; i++) {
            String[] account = args[i].split(",", -1);
            Map<String, Object> settings = new HashMap<>();
            settings.put("pacing", "off");
            settings.put("endpoint", account[1]);
            settings.put("credentials", Map.of("access-key", account[2], "secret-key", account[3]));
            settings.put(account[0].equals("huawei") ? "project-id" : "instance-id", account[4]);
            config.backend("" + i, account[0], settings);
        }
        Walker walker = new Walker(OtaBridge.of(config.build()));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String order = orders.readLine();
        while (order != null) {
            String[] words = order.split(" ", -1);
            int number = Integer.parseInt(words[2]);
            System.out.println(
                    words[0].equals("stream")
                            ? walker.stream(words[1], number)
                            : walker.inventory(Integer.parseInt(words[1]), number));
            order = orders.readLine();
        }
        System.exit(0);
    }

    /** Short streams are repeated, because the clock of the processors is coarse. */
    private String stream(String backend, int packages) {
        int times = Math.max(1, MANY / packages);
        Spent looking = new Spent();
        long mostAlive = 0;
        long found = 0;
        long step = Math.max(1, packages / LOOKS);
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        Spent all = new Spent();
        all.begin();
        for (int time = 0; time < times; time++) {
            Iterator<FirmwareSummary> listed = ota
                    .backend(backend)
                    .firmware()
                    .list(FirmwareFilter.all().product(ProductId.of(Catalogue.PRODUCT)))
                    .stream()
                    .iterator();
            while (listed.hasNext()) {
                listed.next();
                found++;
                if (time == 0 && found % step == 0) {
                    looking.begin();
                    mostAlive = Math.max(mostAlive, alive());
                    looking.end();
                }
            }
        }
        all.end();
        long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        return found / times + " " + (all.nanos - looking.nanos) / times + " " + (all.cpu - looking.cpu) / times + " "
                + bytes / times + " " + mostAlive;
    }

    private String inventory(int backends, int parallel) {
        String[] names = IntStream.range(0, backends).mapToObj(String::valueOf).toArray(String[]::new);
        InventoryQuery query =
                InventoryQuery.all().backends(names).product(Catalogue.PRODUCT).parallel(parallel);
        THREADS.resetPeakThreadCount();
        Spent all = new Spent();
        all.begin();
        Inventory inventory = ota.inventory(query);
        all.end();
        inventory.backends().flatMap(backend -> backend.failure()).forEach(System.err::println);
        return inventory.backends().map(backend -> backend.firmware().size()).sum() + " " + all.nanos + " " + all.cpu
                + " " + THREADS.getPeakThreadCount();
    }

    /** What is left of the heap after a collection. */
    private static long alive() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Time of the clock and of the processors, between beginnings and ends. */
    private static final class Spent {

        private long nanos;
        private long cpu;

        void begin() {
            nanos -= System.nanoTime();
            cpu -= SYSTEM.getProcessCpuTime();
        }

        void end() {
            nanos += System.nanoTime();
            cpu += SYSTEM.getProcessCpuTime();
        }
    }
}
