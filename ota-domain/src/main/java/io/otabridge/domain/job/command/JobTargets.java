package io.otabridge.domain.job.command;

import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.math.BigDecimal;

/** The devices of a new job. Values are immutable. */
public sealed interface JobTargets {

    /**
     * Returns these devices. More than the vendor accepts in one job become several jobs.
     *
     * @throws IllegalArgumentException if there is no device
     */
    static JobTargets devices(Iterable<DeviceId> devices) {
        return new Devices(List.ofAll(devices));
    }

    /** Returns the devices of a group: Huawei {@code targets_filter}, Alibaba {@code GROUP}. */
    static JobTargets group(DeviceGroupId group) {
        return new Group(group);
    }

    /**
     * Returns all devices of the package's product. Huawei Cloud IoTDA has no such selection: the devices are listed
     * when the job is created.
     */
    static JobTargets all() {
        return new All(List.empty());
    }

    /**
     * Returns a percentage of the devices of the product, which the vendor chooses: Alibaba {@code GRAY}.
     *
     * @throws IllegalArgumentException if it is not more than 0 and at most 100, or has more than 3 decimals
     */
    static JobTargets percentage(BigDecimal percent) {
        return new Percentage(percent);
    }

    /**
     * Returns all devices that match now or later, until the job is cancelled: the dynamic job of Alibaba Cloud IoT
     * Platform. It needs either source versions or a group, for example {@code continuous().ofGroup(group)}.
     */
    static Continuous continuous() {
        return new Continuous(Option.none(), true);
    }

    /** Listed devices. */
    record Devices(List<DeviceId> ids) implements JobTargets {

        public Devices {
            if (ids.isEmpty()) {
                throw new IllegalArgumentException("a job needs at least one device");
            }
            ids = ids.distinct();
        }
    }

    /** A device group. */
    record Group(DeviceGroupId id) implements JobTargets {}

    /**
     * All devices of the product.
     *
     * @param listed these devices, if they were listed before, see {@link JobCommandPort#listDevices}; empty otherwise
     */
    record All(List<DeviceId> listed) implements JobTargets {}

    /** A percentage of the devices. */
    record Percentage(BigDecimal percent) implements JobTargets {

        private static final BigDecimal MAX = BigDecimal.valueOf(100);
        private static final int DECIMALS = 3;

        public Percentage {
            if (percent.signum() <= 0
                    || percent.compareTo(MAX) > 0
                    || percent.stripTrailingZeros().scale() > DECIMALS) {
                throw new IllegalArgumentException(
                        "a percentage must be more than 0 and at most 100, with at most 3 decimals");
            }
        }
    }

    /**
     * Devices that match now or later.
     *
     * @param group only devices of this dynamic group
     * @param includesCurrent whether devices that match now are upgraded too ({@code DynamicMode} 1), and not only
     *     those that report their version later ({@code DynamicMode} 2)
     */
    record Continuous(Option<DeviceGroupId> group, boolean includesCurrent) implements JobTargets {

        /** Returns a copy for the devices of a dynamic group. */
        public Continuous ofGroup(DeviceGroupId id) {
            return new Continuous(Option.some(id), includesCurrent);
        }

        /** Returns a copy for the devices that report a matching version later, without those that match now. */
        public Continuous laterOnly() {
            return new Continuous(group, false);
        }
    }
}
