package io.otabridge.cli;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A backend that all commands of a test share. It has the package {@code f-20} with version 4.0.0 for module MCU of the
 * product p-1, and its devices d-1 to d-6. Upgrades of d-5 and d-6 fail, the one of d-6 with a hostile text. Devices take
 * a step before each poll of a job.
 */
final class SharedFleet implements AutoCloseable {

    static final String CONFIGURATION = "default: here\nbackends:\n  here: { vendor: memory, shared: %s }\n";

    private static final Map<String, SharedFleet> ALL = new ConcurrentHashMap<>();
    private static final ProductId PRODUCT = ProductId.of("p-1");
    private static final FirmwareTarget MCU = FirmwareTarget.module("MCU");

    final InMemoryBackend memory = InMemoryBackend.named("here");

    /** Runs before each poll of a job. */
    volatile Runnable beforePoll = memory::letDevicesWork;

    /** Replaces the list of jobs, unless it is empty. */
    volatile List<UpgradeJob> listedJobs = List.empty();

    /** Runs before each creation, but not before its dry run. */
    volatile Runnable beforeCreation = () -> {};

    /** Makes each poll fail. */
    volatile Option<OtaFailure> pollFailure = Option.none();

    private final String key = UUID.randomUUID().toString();

    SharedFleet() {
        memory.add(Firmware.builder(FirmwareId.of("f-20"), FirmwareVersion.of("4.0.0"))
                        .product(Product.of(PRODUCT, "温度计"))
                        .target(MCU)
                        .kind(UpdateKind.full())
                        .verification(Verification.verified())
                        .build())
                .add(DeviceGroup.builder(DeviceGroupId.of("g-1")).name("canary").build());
        for (int number = 1; number <= 6; number++) {
            memory.add(device("d-" + number));
        }
        memory.addToGroup(DeviceGroupId.of("g-1"), DeviceId.of("d-1"), DeviceId.of("d-2"));
        memory.failTasksOf(
                DeviceId.of("d-5"),
                new TaskFailure(FailureReason.BATTERY, Option.some("X.4"), Option.some("battery at 3 %")));
        memory.failTasksOf(
                DeviceId.of("d-6"),
                new TaskFailure(FailureReason.DOWNLOAD, Option.none(), Option.some(Examples.HOSTILE_TEXT)));
        ALL.put(key, this);
    }

    static Device device(String id) {
        return Device.builder(DeviceId.of(id))
                .product(PRODUCT)
                .name("kitchen " + id)
                .status(Reported.of(DeviceStatus.ONLINE))
                .versions(List.of(new InstalledVersion(MCU, FirmwareVersion.of("3.0.0"))))
                .created(VendorTimestamp.of("20230211T121212Z", Instant.parse("2023-02-11T12:12:12Z")))
                .build();
    }

    static Backend backend(String key) {
        SharedFleet fleet = ALL.get(key);
        return new Backend.Forwarding(fleet.memory) {
            @Override
            public JobQueryPort jobs() {
                return fleet.new Polled(super.jobs());
            }

            @Override
            public JobCommandPort jobCommands() {
                JobCommandPort commands = super.jobCommands();
                return (JobCommandPort) Proxy.newProxyInstance(
                        JobCommandPort.class.getClassLoader(),
                        new Class<?>[] {JobCommandPort.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("create")) {
                                fleet.beforeCreation.run();
                            }
                            return method.invoke(commands, arguments);
                        });
            }
        };
    }

    /** Returns a configuration with this backend. */
    String yaml() {
        return CONFIGURATION.formatted(key);
    }

    /** Lets the devices work until nothing changes. */
    void finish() {
        while (memory.letDevicesWork()) {
            // Each device takes a step.
        }
    }

    @Override
    public void close() {
        ALL.remove(key);
    }

    private final class Polled implements JobQueryPort {

        private final JobQueryPort delegate;

        Polled(JobQueryPort delegate) {
            this.delegate = delegate;
        }

        @Override
        public Either<OtaFailure, UpgradeJob> find(JobId id) {
            beforePoll.run();
            return pollFailure.<Either<OtaFailure, UpgradeJob>>map(Either::left).getOrElse(() -> delegate.find(id));
        }

        @Override
        public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, FirmwareId firmware) {
            return delegate.findByToken(token, firmware);
        }

        @Override
        public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token) {
            return delegate.findByToken(token);
        }

        @Override
        public Pages<UpgradeJob> list(JobFilter filter) {
            return listedJobs.isEmpty()
                    ? delegate.list(filter)
                    : Pages.of(token -> Either.right(new Page<>(listedJobs, Option.none())));
        }

        @Override
        public Either<OtaFailure, TaskCounts> counts(JobId id) {
            return delegate.counts(id);
        }

        @Override
        public Pages<UpgradeTask> tasks(JobId job, TaskFilter filter) {
            return delegate.tasks(job, filter);
        }

        @Override
        public Either<OtaFailure, RequestEstimate> estimate(JobId job, TaskFilter filter) {
            return delegate.estimate(job, filter);
        }

        @Override
        public Either<OtaFailure, List<UpgradeTask>> unfinishedTasks(DeviceRef device) {
            return delegate.unfinishedTasks(device);
        }

        @Override
        public OtaFailure unsupported(Capability missing) {
            return delegate.unsupported(missing);
        }
    }
}
