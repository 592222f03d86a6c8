package io.otabridge.app.cache;

import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FileLocation.DownloadLink;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Caches the details of packages and modules. Lists, searches and dry runs go to the vendor. Every command invalidates
 * all entries of its kind, whatever its result, because an object can have several keys: a module its id and its name,
 * an id its spelling in upper and lower case. Safe for use by multiple threads.
 */
public final class CachingBackend extends Backend.Forwarding {

    private final Backend backend;
    private final Option<DetailCache<FirmwareId, Firmware>> firmwareCache;
    private final Option<DetailCache<ModuleRef, OtaModule>> moduleCache;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final boolean isShared;

    /** @param isShared whether another backend owns the caches */
    private CachingBackend(
            Backend backend,
            Option<DetailCache<FirmwareId, Firmware>> firmwareCache,
            Option<DetailCache<ModuleRef, OtaModule>> moduleCache,
            boolean isShared) {
        super(backend);
        this.backend = backend;
        this.isShared = isShared;
        this.firmwareCache = firmwareCache;
        this.moduleCache = moduleCache;
        this.firmware = firmwareCache.fold(backend::firmware, cache -> new FirmwareQuery(backend.firmware(), cache));
        this.modules = moduleCache.fold(backend::modules, cache -> new ModuleQuery(backend.modules(), cache));
    }

    /**
     * Returns a backend with caches.
     *
     * @param context provides the clock, which is corrected by the backend's offset, and optionally a {@link
     *     BackendObserver}
     */
    public static CachingBackend of(Backend backend, CacheSettings settings, BackendContext context) {
        BackendObserver observer = BackendObserver.in(context);
        InstantSource time = () -> context.clock().instant().plus(backend.clockOffset());
        OperationContext packages = new OperationContext(backend.name(), backend.vendor(), "firmware");
        OperationContext modules = new OperationContext(backend.name(), backend.vendor(), "modules");
        return new CachingBackend(
                backend,
                settings.firmware()
                        .map(timeToLive -> new DetailCache<>(
                                timeToLive,
                                settings,
                                result -> observer.cached(packages, result),
                                CachingBackend::linkExpiries,
                                time)),
                settings.modules()
                        .map(timeToLive -> new DetailCache<>(
                                timeToLive,
                                settings,
                                result -> observer.cached(modules, result),
                                module -> List.empty(),
                                time)),
                false);
    }

    @Override
    public Backend within(Duration deadline) {
        return new CachingBackend(backend.within(deadline), firmwareCache, moduleCache, true);
    }

    @Override
    public FirmwareQueryPort firmware() {
        return firmware;
    }

    @Override
    public ModuleQueryPort modules() {
        return modules;
    }

    @Override
    public FirmwareCommandPort firmwareCommands() {
        FirmwareCommandPort port = backend.firmwareCommands();
        return firmwareCache
                .<FirmwareCommandPort>map(cache -> new FirmwareCommands(port, cache))
                .getOrElse(port);
    }

    @Override
    public ModuleCommandPort moduleCommands() {
        ModuleCommandPort port = backend.moduleCommands();
        return moduleCache
                .<ModuleCommandPort>map(cache -> new ModuleCommands(port, cache))
                .getOrElse(port);
    }

    /** Invalidates the caches, unless another backend owns them. */
    @Override
    public void close() {
        if (!isShared) {
            firmwareCache.forEach(DetailCache::invalidateAll);
            moduleCache.forEach(DetailCache::invalidateAll);
        }
        backend.close();
    }

    private static List<Option<Instant>> linkExpiries(Firmware firmware) {
        return firmware.files()
                .flatMap(FirmwareFile::location)
                .filter(DownloadLink.class::isInstance)
                .map(location -> ((DownloadLink) location).expires());
    }

    private static <T> T thenInvalidate(DetailCache<?, ?> cache, Supplier<T> command) {
        try {
            return command.get();
        } finally {
            cache.invalidateAll();
        }
    }

    /** {@code findAll} uses {@link #find} for each id, so its results are cached too. */
    private record FirmwareQuery(FirmwareQueryPort port, DetailCache<FirmwareId, Firmware> cache)
            implements FirmwareQueryPort {

        @Override
        public Either<OtaFailure, Firmware> find(FirmwareId id) {
            return cache.find(id, port::find);
        }

        @Override
        public Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
            return port.download(id, download);
        }

        @Override
        public OtaFailure unsupported(Capability missing) {
            return port.unsupported(missing);
        }

        @Override
        public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
            return port.find(coordinates);
        }

        @Override
        public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
            return port.newest(filter, order);
        }

        @Override
        public Pages<FirmwareSummary> list(FirmwareFilter filter) {
            return port.list(filter);
        }
    }

    private record ModuleQuery(ModuleQueryPort port, DetailCache<ModuleRef, OtaModule> cache)
            implements ModuleQueryPort {

        @Override
        public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
            return cache.find(ref, port::find);
        }

        @Override
        public Pages<OtaModule> list(ProductId product) {
            return port.list(product);
        }
    }

    private record FirmwareCommands(FirmwareCommandPort port, DetailCache<FirmwareId, Firmware> cache)
            implements FirmwareCommandPort {

        @Override
        public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
            return thenInvalidate(cache, () -> port.delete(id));
        }

        @Override
        public Either<OtaFailure, PublishResult> publish(
                NewFirmware wanted, List<Artifact> files, TransferListener listener) {
            return thenInvalidate(cache, () -> port.publish(wanted, files, listener));
        }

        @Override
        public Either<OtaFailure, PublishResult> publish(NewFirmware wanted, FileLocation.ObjectStore file) {
            return thenInvalidate(cache, () -> port.publish(wanted, file));
        }

        @Override
        public Either<OtaFailure, Firmware> update(FirmwareId id, FirmwareUpdate change) {
            return thenInvalidate(cache, () -> port.update(id, change));
        }

        @Override
        public Either<OtaFailure, FirmwareDeletion> deleteWithFile(FirmwareId id) {
            return thenInvalidate(cache, () -> port.deleteWithFile(id));
        }

        @Override
        public Either<OtaFailure, List<UnfinishedUpload>> unfinishedUploads() {
            return port.unfinishedUploads();
        }

        @Override
        public Either<OtaFailure, DeleteResult> abort(UnfinishedUpload upload) {
            return port.abort(upload);
        }

        @Override
        public OtaFailure unsupported(Capability missing) {
            return port.unsupported(missing);
        }

        @Override
        public FirmwareCommandPort dryRun() {
            return port.dryRun();
        }
    }

    private record ModuleCommands(ModuleCommandPort port, DetailCache<ModuleRef, OtaModule> cache)
            implements ModuleCommandPort {

        @Override
        public Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
            return thenInvalidate(cache, () -> port.create(module));
        }

        @Override
        public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
            return thenInvalidate(cache, () -> port.update(ref, change));
        }

        @Override
        public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
            return thenInvalidate(cache, () -> port.delete(ref));
        }

        @Override
        public ModuleCommandPort dryRun() {
            return port.dryRun();
        }
    }
}
