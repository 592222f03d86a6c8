package io.otabridge.contracts.memory;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.PackageLimit;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceQueryPort;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.DeviceGroupQueryPort;
import io.otabridge.domain.product.ProductQueryPort;
import io.otabridge.domain.product.ProductSummary;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A backend that keeps its data in memory, for tests of applications and as a minimal example of an adapter. Safe for
 * use by multiple threads.
 */
public final class InMemoryBackend implements Backend {

    /** The vendor of this backend. */
    public static final Vendor VENDOR = Vendor.of("memory");

    private final String name;
    private final InMemoryStore store;
    private final Map<ProductId, ProductSummary> products = new ConcurrentHashMap<>();
    private final Map<DeviceGroupId, DeviceGroup> deviceGroups = new ConcurrentHashMap<>();

    private volatile Diagnosis diagnosis = Diagnosis.skipped();
    private volatile Duration clockOffset = Duration.ZERO;
    private volatile Function<io.vavr.collection.Map<Capability, Integer>, Option<Duration>> minimumTime =
            calls -> Option.none();

    private InMemoryBackend(String name) {
        this.name = name;
        this.store = new InMemoryStore(name);
    }

    /** Returns an empty backend with this name. */
    public static InMemoryBackend named(String name) {
        return new InMemoryBackend(name);
    }

    /** Adds a firmware package, or replaces the one with the same id. */
    public InMemoryBackend add(Firmware added) {
        store.firmware.put(added.id(), added);
        return this;
    }

    /** Adds a module. */
    public InMemoryBackend add(OtaModule added) {
        store.add(added);
        return this;
    }

    /** Adds a product, or replaces the one with the same id. Modules and packages do not need their product. */
    public InMemoryBackend add(ProductSummary added) {
        products.put(added.product().id(), added);
        return this;
    }

    /** Adds a device group, or replaces the one with the same id. */
    public InMemoryBackend add(DeviceGroup added) {
        deviceGroups.put(added.id(), added);
        return this;
    }

    /** Adds a device, or replaces the one with the same product and id. An offline device does not take part in jobs. */
    public InMemoryBackend add(Device added) {
        store.jobs.locked(() -> {
            store.jobs.devices.put(added);
            return added;
        });
        return this;
    }

    /** Adds devices to a group. */
    public InMemoryBackend addToGroup(DeviceGroupId group, DeviceId... devices) {
        store.jobs.locked(() -> {
            List.of(devices).forEach(device -> store.jobs.devices.addToGroup(group, device));
            return group;
        });
        return this;
    }

    /** Adds an interrupted upload. */
    public InMemoryBackend add(UnfinishedUpload added) {
        store.uploads.put(added.id(), added);
        return this;
    }

    /** Stores an object, or replaces the one with the same key. */
    public InMemoryBackend putObject(String bucket, String key, byte[] bytes) {
        if (!store.objects.put(new ObjectStorage.Key(bucket, key), bytes)) {
            throw new IllegalStateException("the object does not fit into the store");
        }
        return this;
    }

    /** Replaces the bytes of an object, so that the digests of packages that use it are wrong. */
    public InMemoryBackend putObject(FileLocation location, byte[] bytes) {
        ObjectStorage.Key key = keyOf(location).getOrElseThrow(() -> new IllegalArgumentException("not an object"));
        return putObject(key.bucket(), key.name(), bytes);
    }

    /** Returns the bytes of an object; absent if it does not exist. */
    public Option<byte[]> object(FileLocation location) {
        return keyOf(location).flatMap(store.objects::get);
    }

    private static Option<ObjectStorage.Key> keyOf(FileLocation location) {
        return location instanceof FileLocation.ObjectStore object ? ObjectStorage.key(object) : Option.none();
    }

    /**
     * Removes capabilities. Their operations return {@link OtaFailure.Unsupported} from now on, and packages no longer
     * report what a removed capability describes.
     */
    public InMemoryBackend without(Capability... missing) {
        for (Capability capability : missing) {
            store.capabilities = store.capabilities.without(capability, "Use a backend that has this capability");
        }
        return this;
    }

    /** Declares a limit of packages in the account. A creation beyond it is {@link OtaFailure.Rejected}. */
    public InMemoryBackend limitPackages(int maximum) {
        store.maxPackages = maximum;
        store.capabilities = store.capabilities.withPackageLimit(new PackageLimit(maximum, PackageLimit.Scope.ACCOUNT));
        return this;
    }

    /** Limits the size of all objects together. The default is 256 MiB. */
    public InMemoryBackend limitBytes(long maximum) {
        store.objects.limit(maximum);
        return this;
    }

    /** Sets how many devices one job accepts; more become several jobs. The default is no limit. */
    public InMemoryBackend limitJobDevices(int maximum) {
        store.maxJobDevices = maximum;
        return this;
    }

    /**
     * Lets each device with an unfinished task take one step: queued, notified, running, then succeeded with the new
     * version, or failed. A device with an automatic retry is queued again. Tasks that wait for a confirmation, jobs
     * that have not started, and offline devices stay as they are. Nothing happens without this call.
     *
     * @return whether a task or a device changed
     */
    public boolean letDevicesWork() {
        return store.jobs.locked(store.jobs::work);
    }

    /** Lets the tasks of a device fail for this reason from now on. */
    public void failTasksOf(DeviceId device, TaskFailure reason) {
        store.jobs.locked(() -> {
            store.jobs.devices.fail(device, reason);
            return device;
        });
    }

    /** Lets the tasks of a device succeed again. */
    public void repair(DeviceId device) {
        store.jobs.locked(() -> {
            store.jobs.devices.repair(device);
            return device;
        });
    }

    /** Returns the number of uploads, creations, updates and deletions that were received, failed ones included. */
    public int changes() {
        return store.changes.get();
    }

    /** Makes the next download end with {@link OtaFailure.Unavailable} after this number of bytes of the file. */
    public void cutNextDownload(int bytes) {
        store.cutDownloadsAt.set(bytes);
    }

    /** Makes every call return this failure from now on. */
    public void failWith(Function<OperationContext, OtaFailure> failure) {
        store.failure = Option.some(failure);
    }

    /** Makes every call that creates, updates or deletes something return this failure from now on. */
    public void failChangesWith(Function<OperationContext, OtaFailure> failure) {
        store.failureOnChanges = Option.some(failure);
    }

    /** Executes the next change but returns {@link OtaFailure.OutcomeUnknown}, as if the response were lost. */
    public void loseNextResponse() {
        store.losesNextResponse.set(true);
    }

    /** Does not execute the next change and returns {@link OtaFailure.OutcomeUnknown}, as if the request were lost. */
    public void dropNextChange() {
        store.dropsNextChange.set(true);
    }

    /** Runs this action once, before the next deletion. The action may delete the same item. */
    public void beforeNextDeletion(Runnable action) {
        store.beforeNextDeletion.set(action);
    }

    /** Runs this action once, before the next cancellation. Devices may finish in it. */
    public void beforeNextCancellation(Runnable action) {
        store.beforeNextCancellation.set(action);
    }

    /** Omits the last entry from this number of listings. The announced total still counts it. */
    public void cutNextLists(int listings) {
        store.listsToCut.set(listings);
    }

    /** Sets the result of {@link #minimumTime}. By default none is known. */
    public void setMinimumTime(Function<io.vavr.collection.Map<Capability, Integer>, Option<Duration>> times) {
        minimumTime = times;
    }

    /** Sets the result of {@link #diagnose}. By default all checks are skipped. */
    public void setDiagnosis(Diagnosis newDiagnosis) {
        diagnosis = newDiagnosis;
    }

    /** Sets how far the vendor's clock is ahead of the local clock. The default is zero. */
    public void setClockOffset(Duration offset) {
        clockOffset = offset;
    }

    /** Ends all failures that were set. Calls succeed again. */
    public void recover() {
        store.failure = Option.none();
        store.failureOnChanges = Option.none();
        store.losesNextResponse.set(false);
        store.dropsNextChange.set(false);
        store.cutDownloadsAt.set(Integer.MAX_VALUE);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vendor vendor() {
        return VENDOR;
    }

    @Override
    public String endpoint() {
        return "in this process";
    }

    @Override
    public String authentication() {
        return "none";
    }

    /** Returns this backend. Calls do not block. */
    @Override
    public Backend within(Duration deadline) {
        return this;
    }

    /** Returns all capabilities, except those that {@link #without} removed. */
    @Override
    public Capabilities capabilities() {
        return store.capabilities;
    }

    @Override
    public Diagnosis diagnose() {
        return diagnosis;
    }

    @Override
    public Option<Duration> minimumTime(io.vavr.collection.Map<Capability, Integer> calls) {
        return minimumTime.apply(calls);
    }

    @Override
    public Duration clockOffset() {
        return clockOffset;
    }

    @Override
    public FirmwareQueryPort firmware() {
        return new InMemoryFirmwareQuery(store);
    }

    @Override
    public FirmwareCommandPort firmwareCommands() {
        return new InMemoryFirmwareCommands(store, false);
    }

    @Override
    public ModuleQueryPort modules() {
        return new InMemoryModuleQuery(store);
    }

    @Override
    public ModuleCommandPort moduleCommands() {
        return new InMemoryModuleCommands(store, false);
    }

    /** Lists are in the order of ids. */
    @Override
    public DeviceQueryPort devices() {
        return new InMemoryDeviceQuery(store);
    }

    @Override
    public JobQueryPort jobs() {
        return new InMemoryJobQuery(store);
    }

    /**
     * A device that has the version gets no task, and a task for a device with an unfinished task of another job fails.
     * A verification sets the state of the package.
     */
    @Override
    public JobCommandPort jobCommands() {
        return new InMemoryJobCommands(store, false);
    }

    /** Lists are in the order of ids. */
    @Override
    public ProductQueryPort products() {
        return () -> listById(
                Capability.LIST_PRODUCTS,
                "ListProducts",
                "products",
                products,
                ProductId::value,
                found -> found.product().id());
    }

    /** Lists are in the order of ids. */
    @Override
    public DeviceGroupQueryPort deviceGroups() {
        return () -> listById(
                Capability.LIST_DEVICE_GROUPS,
                "ListDeviceGroups",
                "device groups",
                deviceGroups,
                DeviceGroupId::value,
                DeviceGroup::id);
    }

    private <I, T> Pages<T> listById(
            Capability needed,
            String operation,
            String entries,
            Map<I, T> stored,
            Function<I, String> text,
            Function<T, I> id) {
        return CompleteListPaginator.byMarker(store.origin(operation), entries, id, from -> {
            NavigableMap<String, T> sorted = new TreeMap<>();
            stored.forEach((key, value) -> sorted.put(text.apply(key), value));
            return store.pageOf(needed, operation, sorted, from, Either::right);
        });
    }
}
