package io.otabridge.contracts.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.PublishContract;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.job.command.JobUpdate;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Every OTA operation of the vendor's API is reached by a method of a port. */
public interface VendorOperationsContract extends JobContract, ModuleCommandContract, PublishContract {

    /** Returns the names of all OTA operations in the vendor's documents. */
    List<String> vendorOperations();

    /** Returns the names of the operations that the vendor has received. */
    List<String> receivedOperations();

    @Test
    default void every_operation_of_the_vendor_is_reached() {
        callModules();
        callPackages();
        callDevicesAndJobs();

        assertThat(receivedOperations()).containsAll(vendorOperations());
    }

    private void callModules() {
        ProductId product = givenProduct();
        NewModule module = NewModule.named(product, ModuleName.of("Radio"));
        OtaModule created = DeviceContract.successOf(backend().moduleCommands().create(module))
                .value();
        DeviceContract.successOf(backend().modules().list(product).toList());
        ModuleRef ref = created.id().<ModuleRef>map(ModuleRef::id).getOrElse(module.toRef());
        if (backend().capabilities().has(Capability.FIND_MODULE_BY_ID)) {
            DeviceContract.successOf(backend().modules().find(ref));
        }
        ModuleRef known = backend().capabilities().has(Capability.FIND_MODULE_BY_ID) ? ref : module.toRef();
        DeviceContract.successOf(backend().moduleCommands().update(known, ModuleUpdate.alias("other")));
        DeviceContract.successOf(backend().moduleCommands().delete(known));
    }

    private void callPackages() {
        FirmwareId id =
                backend().capabilities().has(Capability.PUBLISH_FIRMWARE) ? published() : addFirmware("0.1.0", true);
        FirmwareUpdate update = new FirmwareUpdate(Option.none(), Option.some("Another text"), Option.none());
        DeviceContract.successOf(backend().firmware().find(id));
        DeviceContract.successOf(backend()
                .firmware()
                .list(FirmwareFilter.all().product(deviceProduct()))
                .toList());
        onlyWith(Capability.UPDATE_FIRMWARE, () -> backend().firmwareCommands().update(id, update));
        DeviceContract.successOf(backend().firmwareCommands().delete(id));
    }

    private FirmwareId published() {
        NewFirmware firmware =
                PublishContract.firmware(givenProductToPublish(), "1.0.0").build();
        return DeviceContract.successOf(backend().firmwareCommands().publish(firmware, PublishContract.artifact(1)))
                .firmware()
                .get()
                .id();
    }

    private void callDevicesAndJobs() {
        List<DeviceId> devices = addDevices(maxDevicesOfJob().getOrElse(3));
        DeviceRef device = DeviceRef.of(deviceProduct(), devices.head());
        DeviceFilter all = DeviceFilter.ofProduct(deviceProduct());
        DeviceContract.successOf(backend().devices().find(device));
        DeviceContract.successOf(backend().devices().list(all).toList());
        onlyWith(
                Capability.FIND_DEVICES_BY_VERSION,
                () -> backend()
                        .devices()
                        .list(all.installed(FirmwareTarget.wholeDevice(), FirmwareVersion.of("1.0.0")))
                        .toList());
        FirmwareId unverified = addFirmware("1.9.0", false);
        onlyWith(
                Capability.VERIFY_FIRMWARE,
                () -> create(JobRequest.verification(unverified, devices.take(2))
                        .token(ClientToken.of("verification"))
                        .build()));
        letDevicesFinish();
        callJobs(devices, device);
    }

    private void callJobs(List<DeviceId> devices, DeviceRef device) {
        FirmwareId firmware = addFirmware("2.0.0", true);
        JobId job = DeviceContract.successOf(create(upgrade(firmware, devices)
                        .needsConfirmation(backend().capabilities().has(Capability.CONFIRM_TASKS))
                        .build()))
                .jobs()
                .head()
                .id();
        JobFilter jobs = JobFilter.all().firmware(firmware).product(deviceProduct());
        letDevicesFinish();
        DeviceContract.successOf(backend().jobs().find(job));
        DeviceContract.successOf(backend().jobs().list(jobs).toList());
        onlyWith(
                Capability.LIST_JOBS_OF_DEVICE,
                () -> backend().jobs().list(jobs.device(device)).toList());
        DeviceContract.successOf(
                backend().jobs().tasks(job, TaskFilter.ofDevices(device.id())).toList());
        onlyWith(Capability.LIST_UNFINISHED_TASKS, () -> backend().jobs().unfinishedTasks(device));
        onlyWith(
                Capability.UPDATE_JOB,
                () -> backend().jobCommands().update(job, JobUpdate.none().ratePerMinute(50)));
        failDevice(devices.get(1));
        onlyWith(
                Capability.CONFIRM_TASKS,
                () -> backend().jobCommands().confirm(job, TaskFilter.ofDevices(devices.get(1))));
        letDevicesFinish();
        onlyWith(
                Capability.RETRY_TASKS, () -> backend().jobCommands().retry(job, TaskFilter.ofDevices(devices.get(1))));
        letDevicesFinish();
        onlyWith(Capability.CANCEL_JOB, () -> backend().jobCommands().cancel(job, TaskFilter.ofDevices(device.id())));
        onlyWith(Capability.CANCEL_JOB, () -> backend().jobCommands().cancel(job, TaskFilter.all()));
        letDevicesFinish();
        onlyWith(Capability.DELETE_JOB, () -> backend().jobCommands().delete(job));
        callContinuousJob(firmware);
    }

    private void callContinuousJob(FirmwareId firmware) {
        if (backend().capabilities().has(Capability.CONTINUOUS_JOB)) {
            JobRequest request = JobRequest.upgrade(firmware, JobTargets.continuous())
                    .sourceVersion(FirmwareVersion.of("1.0.0"))
                    .token(ClientToken.of("continuous"))
                    .build();
            JobId job = DeviceContract.successOf(create(request)).jobs().head().id();
            DeviceContract.successOf(backend().jobCommands().cancel(job, TaskFilter.all()));
        }
    }

    private void onlyWith(Capability needed, Supplier<Either<OtaFailure, ?>> call) {
        if (backend().capabilities().has(needed)) {
            Either<OtaFailure, ?> result = call.get();
            assertThat(result.isRight()).as(needed + ": " + result).isTrue();
        }
    }
}
