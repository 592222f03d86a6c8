package io.otabridge.cli.command;

import io.otabridge.app.OtaBridge;
import io.otabridge.cli.context.Simulators;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.FailureSummary;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.UpgradeProgress;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobWatch;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.job.command.TaskChanges;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The part of the demonstration that upgrades the simulated devices of both clouds, watches the jobs to their end, and
 * retries what failed.
 *
 * @param directory a temporary directory
 */
record DemoUpgrade(OtaCommand root, Path directory) {

    private static final String PRODUCT = "thermometer";
    private static final FirmwareTarget TARGET = FirmwareTarget.module("MCU");
    private static final String GENERATED = "thermo-";
    private static final JobWatch WATCH = JobWatch.standard()
            .every(Duration.ofMillis(300), Duration.ofSeconds(1))
            .timeout(Duration.ofMinutes(5));

    /** Returns the exit code of the first failure. */
    int run(Simulators clouds) throws IOException {
        print("\n5. An upgrade of simulated devices on both clouds, watched to its end; what failed is retried\n");
        Path config = Files.writeString(directory.resolve("ota.yaml"), clouds.yaml());
        try (OtaBridge ota = OtaBridge.load(config, root.environment().context())) {
            return clouds.inFastTime(() -> upgradeAll(ota));
        }
    }

    private int upgradeAll(OtaBridge ota) {
        for (Backend backend : ota.backends(Simulators.HUAWEI, Simulators.ALIYUN)) {
            Either<OtaFailure, UpgradeJob> upgraded =
                    upgrade(backend, ota.products().resolve(PRODUCT, backend.name()));
            if (upgraded.isLeft()) {
                return root.errors().failure(upgraded.getLeft());
            }
        }
        return ExitCode.FOUND;
    }

    private Either<OtaFailure, UpgradeJob> upgrade(Backend backend, ProductId product) {
        FirmwareCoordinates published = new FirmwareCoordinates(product, TARGET, FirmwareVersion.of("3.3.0"));
        return backend.firmware()
                .find(published)
                .flatMap(firmware -> online(backend, product)
                        .flatMap(devices -> verify(backend, firmware, devices)
                                .flatMap(verified -> upgrade(backend, firmware, devices))));
    }

    /** Other devices of the simulators have never reported a version of the module. */
    private static Either<OtaFailure, List<DeviceId>> online(Backend backend, ProductId product) {
        return backend.devices()
                .list(DeviceFilter.ofProduct(product))
                .toList()
                .map(devices -> devices.filter(device -> device.id().value().contains(GENERATED)
                                && device.status().exists(status -> status.is(DeviceStatus.ONLINE)))
                        .map(Device::id));
    }

    /** Verifies the package on two devices, where the vendor requires it. */
    private Either<OtaFailure, List<DeviceId>> verify(Backend backend, Firmware firmware, List<DeviceId> devices) {
        if (firmware.verification().permitsRollout() || !backend.capabilities().has(Capability.VERIFY_FIRMWARE)) {
            return Either.right(devices);
        }
        List<DeviceId> tested = devices.take(2);
        print("  " + backend.name() + ": verification on " + tested.mkString(", "));
        return create(backend, JobRequest.verification(firmware.id(), tested).build())
                .flatMap(job -> watch(backend, job.id()))
                .map(ended -> devices);
    }

    private Either<OtaFailure, UpgradeJob> upgrade(Backend backend, Firmware firmware, List<DeviceId> devices) {
        print("  " + backend.name() + ": job for " + devices.size() + " devices to version " + firmware.version());
        return create(backend, job(firmware, devices))
                .flatMap(job -> watch(backend, job.id()))
                .flatMap(ended -> failed(backend, ended)
                        .flatMap(failed ->
                                failed.isEmpty() ? Either.right(ended) : retry(backend, firmware, ended, failed)));
    }

    private static JobRequest job(Firmware firmware, List<DeviceId> devices) {
        return JobRequest.upgrade(firmware.id(), JobTargets.devices(devices)).build();
    }

    private static Either<OtaFailure, List<DeviceId>> failed(Backend backend, UpgradeJob ended) {
        return backend.jobs()
                .tasks(ended.id(), TaskFilter.inState(TaskState.FAILED))
                .toList()
                .map(tasks -> tasks.map(UpgradeTask::device));
    }

    private Either<OtaFailure, UpgradeJob> create(Backend backend, JobRequest request) {
        return backend.jobCommands()
                .create(request)
                .peek(created -> created.warnings().forEach(warning -> print("  " + backend.name() + ": " + warning)))
                .map(created -> created.jobs().head());
    }

    /** Retries tasks in the same job. If the vendor rejects that, creates a new job for the devices. */
    private Either<OtaFailure, UpgradeJob> retry(
            Backend backend, Firmware firmware, UpgradeJob ended, List<DeviceId> failed) {
        Either<OtaFailure, TaskChanges> retried = backend.jobCommands().retry(ended.id(), TaskFilter.ofDevices(failed));
        if (retried.isLeft() && retried.getLeft() instanceof OtaFailure.Rejected) {
            print("  " + backend.name() + ": a new job for " + ValueFormatter.count(failed.size(), "failed device")
                    + ", because the vendor does not retry jobs for modules");
            return create(backend, job(firmware, failed)).flatMap(job -> watch(backend, job.id()));
        }
        return retried.peek(changes -> print("  " + backend.name() + ": "
                        + changes.accepted().getOrElse((long) failed.size()) + " of "
                        + ValueFormatter.count(failed.size(), "failed device") + " retried"))
                .flatMap(changes -> watch(backend, ended.id()));
    }

    /** Watches a job, and prints its result and the failed devices by reason. */
    private Either<OtaFailure, UpgradeJob> watch(Backend backend, JobId id) {
        Either<OtaFailure, UpgradeJob> ended;
        try (UpgradeProgress progress = root.environment().upgradeProgress()) {
            ended = backend.jobs().watch(id, WATCH, progress::update);
        }
        return ended.flatMap(job -> {
            print("  " + backend.name() + ": " + counts(job).of(TaskState.SUCCEEDED) + " of "
                    + counts(job).total() + (counts(job).total() == 1 ? " device has" : " devices have")
                    + " the new version");
            FailureSummary failures = new FailureSummary();
            return (counts(job).of(TaskState.FAILED) == 0
                            ? Either.<OtaFailure, Long>right(0L)
                            : backend.jobs()
                                    .tasks(id, TaskFilter.inState(TaskState.FAILED))
                                    .forEach(failures::add))
                    .map(listed -> {
                        failures.table(root.environment().formatter(4).width())
                                .lines()
                                .forEach(line -> print("    " + line));
                        return job;
                    });
        });
    }

    private static TaskCounts counts(UpgradeJob job) {
        return job.counts().getOrElse(() -> new TaskCounts(HashMap.empty()));
    }

    private void print(String text) {
        root.environment().out().println(text);
    }
}
