package io.otabridge.simulators.fleet;

import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The simulated devices of one cloud. They receive notices, download files over HTTP, and report to the cloud. Time
 * passes in {@link #advance} and {@link #runUntilIdle}, or by itself if the fleet is live. An upgrade takes 15 to 30
 * seconds. Safe for use by multiple threads; everything is synchronized on {@link #time}.
 */
public final class Fleet implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Fleet.class.getName());
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration REPORT_DELAY = Duration.ofSeconds(1);

    private final FleetOptions options;
    private final Timeline time;
    private final FleetCloud cloud;
    private final Map<String, FleetDevice> devices = new LinkedHashMap<>();
    private final @Nullable Thread ticker;

    /**
     * Creates a fleet without devices.
     *
     * @param clock the time, until {@link #advance} is called
     */
    public Fleet(FleetOptions options, Clock clock, FleetCloud cloud) {
        this(options, new Timeline(clock), cloud);
    }

    /** Creates a fleet without devices in a time that the cloud uses, too. */
    public Fleet(FleetOptions options, Timeline time, FleetCloud cloud) {
        this.options = options;
        this.time = time;
        this.cloud = cloud;
        ticker = options.isLive() ? new Thread(this::tick, "ota-simulator-fleet") : null;
        if (ticker != null) {
            ticker.setDaemon(true);
            ticker.start();
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK.toMillis());
                try {
                    time.advance(Duration.ZERO);
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, "the simulated fleet failed", e);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the time of the devices, for what the cloud does at certain times. */
    public Timeline time() {
        return time;
    }

    /** Adds a device, or replaces the one with the same product and id. */
    public void add(FleetDevice device) {
        synchronized (time) {
            devices.put(device.toString(), device);
        }
    }

    /**
     * Adds the additional devices of the options to a product. One in twenty is offline for half a minute.
     *
     * @param idStart the start of each id, such as {@code thermo-}; five digits follow
     * @param module the module whose version differs
     * @param versions the possible versions
     * @return the devices
     */
    public List<FleetDevice> generate(String product, String idStart, String module, List<String> versions) {
        List<FleetDevice> added = new ArrayList<>();
        for (int number = 1; number <= options.devices(); number++) {
            String id = idStart + String.format("%05d", number);
            SplittableRandom random = FailureRates.random(options.seed(), id, -1);
            boolean isOffline = random.nextInt(20) == 0;
            FleetDevice device = new FleetDevice(
                    product,
                    id,
                    isOffline ? DeviceStatus.OFFLINE : DeviceStatus.ONLINE,
                    Map.of(module, versions.get(random.nextInt(versions.size()))));
            add(device);
            added.add(device);
            if (isOffline) {
                time.after(Duration.ofSeconds(20 + random.nextInt(20)), () -> connect(device));
            }
        }
        return added;
    }

    /** Returns the device of a product with this id. */
    public Option<FleetDevice> find(String product, String id) {
        synchronized (time) {
            return Option.of(devices.get(product + "/" + id));
        }
    }

    /** Returns the devices of a product, in the order in which they were added. */
    public List<FleetDevice> devices(String product) {
        synchronized (time) {
            return devices.values().stream()
                    .filter(device -> device.product().equals(product))
                    .toList();
        }
    }

    /** Connects a device, which then resumes its upgrades. Does nothing if it is connected or disabled. */
    public void connect(FleetDevice device) {
        synchronized (time) {
            if (!device.isOnline() && device.status() != DeviceStatus.DISABLED) {
                device.setStatus(DeviceStatus.ONLINE);
                List.copyOf(device.upgrades.values()).forEach(Upgrade::resume);
                cloud.connected(device);
            }
        }
    }

    /** Disconnects a device. It connects again only by {@link #connect}. */
    public void disconnect(FleetDevice device) {
        synchronized (time) {
            if (device.isOnline()) {
                device.setStatus(DeviceStatus.OFFLINE);
            }
        }
    }

    /** Disconnects a device until this time. */
    public void disconnectUntil(FleetDevice device, Instant end) {
        disconnect(device);
        time.at(end, () -> connect(device));
    }

    /**
     * Sends a notice to a device, which then works on it. A device that works on another task for the module rejects the
     * notice.
     *
     * @return whether the device is connected and received the notice
     */
    public boolean send(FleetDevice device, UpgradeNotice notice) {
        synchronized (time) {
            if (!device.isOnline()) {
                return false;
            }
            if (device.upgrades.containsKey(notice.taskKey())) {
                return true;
            }
            boolean isBusy = device.upgrades.values().stream().anyMatch(other -> other.isFor(notice.module()));
            Behavior behavior =
                    isBusy ? Behavior.BUSY : device.behavior().getOrElse(() -> draw(device, ++device.attempts));
            if (behavior == Behavior.SILENT) {
                return true;
            }
            Upgrade upgrade = new Upgrade(this, cloud, device, notice, behavior, speed(device, behavior));
            device.upgrades.put(notice.taskKey(), upgrade);
            upgrade.start();
            return true;
        }
    }

    /** Lets a connected device report the versions of all its modules, unless it is silent. */
    public void queryVersions(FleetDevice device) {
        time.after(REPORT_DELAY, () -> {
            if (device.isOnline() && !device.behavior().contains(Behavior.SILENT)) {
                device.versions().forEach((module, version) -> cloud.reported(device, module, version));
            }
        });
    }

    private Behavior draw(FleetDevice device, int attempt) {
        return options.rates().draw(options.seed(), device.id(), attempt);
    }

    /** Returns the factor for all durations, from 0.7 to 1.3. */
    private double speed(FleetDevice device, Behavior behavior) {
        double factor =
                0.7 + 0.6 * FailureRates.random(options.seed(), device.id(), -2).nextDouble();
        return behavior == Behavior.SLOW ? 10 * factor : factor;
    }

    /** Lets this time pass for the devices and the cloud, without waiting. */
    public void advance(Duration duration) {
        time.advance(duration);
    }

    /** Lets time pass, without waiting, until no device or task has anything to do by itself. */
    public void runUntilIdle() {
        time.runUntilIdle();
    }

    /** Stops the thread of a live fleet. */
    @Override
    public void close() {
        if (ticker != null) {
            ticker.interrupt();
        }
    }
}
