package io.otabridge.app.cache;

import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FileLocation.DownloadLink;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFile;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
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
 * A backend that keeps the details of packages and modules for a while. Lists, searches and dry runs go to the vendor as
 * before. Every command forgets all of its kind whatever comes of it, because one thing has several names: a module an id
 * and a name, an id an upper and a lower case.
 */
public final class CachingBackend extends Backend.Forwarding {

    private final Backend backend;
    private final Option<DetailCache<FirmwareId, Firmware>> keptFirmware;
    private final Option<DetailCache<ModuleRef, OtaModule>> keptModules;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;
    private final boolean isShared;

    /** @param isShared whether another one keeps what it keeps */
    private CachingBackend(
            Backend backend,
            Option<DetailCache<FirmwareId, Firmware>> keptFirmware,
            Option<DetailCache<ModuleRef, OtaModule>> keptModules,
            boolean isShared) {
        super(backend);
        this.backend = backend;
        this.isShared = isShared;
        this.keptFirmware = keptFirmware;
        this.keptModules = keptModules;
        this.firmware = keptFirmware.fold(backend::firmware, cache -> new FirmwareQuery(backend.firmware(), cache));
        this.modules = keptModules.fold(backend::modules, cache -> new ModuleQuery(backend.modules(), cache));
    }

    /**
     * A backend that caches what these settings name.
     *
     * @param context brings the clock, which is corrected by the backend's offset, and perhaps a {@link BackendObserver}
     */
    public static CachingBackend of(Backend backend, CacheSettings rules, BackendContext context) {
        BackendObserver observer = BackendObserver.in(context);
        InstantSource time = () -> context.clock().instant().plus(backend.clockOffset());
        OperationContext packages = new OperationContext(backend.name(), backend.vendor(), "firmware");
        OperationContext parts = new OperationContext(backend.name(), backend.vendor(), "modules");
        return new CachingBackend(
                backend,
                rules.firmware()
                        .map(life -> new DetailCache<>(
                                life, rules, use -> observer.cached(packages, use), CachingBackend::linksOf, time)),
                rules.modules()
                        .map(life -> new DetailCache<>(
                                life, rules, use -> observer.cached(parts, use), module -> List.empty(), time)),
                false);
    }

    @Override
    public Backend within(Duration deadline) {
        return new CachingBackend(backend.within(deadline), keptFirmware, keptModules, true);
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
        return keptFirmware
                .<FirmwareCommandPort>map(cache -> new FirmwareCommands(port, cache))
                .getOrElse(port);
    }

    @Override
    public ModuleCommandPort moduleCommands() {
        ModuleCommandPort port = backend.moduleCommands();
        return keptModules
                .<ModuleCommandPort>map(cache -> new ModuleCommands(port, cache))
                .getOrElse(port);
    }

    /** One of another deadline has nothing of its own to forget. */
    @Override
    public void close() {
        if (!isShared) {
            keptFirmware.forEach(DetailCache::written);
            keptModules.forEach(DetailCache::written);
        }
        backend.close();
    }

    private static List<Option<Instant>> linksOf(Firmware firmware) {
        return firmware.files()
                .flatMap(FirmwareFile::location)
                .filter(DownloadLink.class::isInstance)
                .map(location -> ((DownloadLink) location).expires());
    }

    private static <T> T thenForget(DetailCache<?, ?> cache, Supplier<T> command) {
        try {
            return command.get();
        } finally {
            cache.written();
        }
    }

    /** What is asked for many at once asks this port for each, so that it is kept too. */
    private record FirmwareQuery(FirmwareQueryPort port, DetailCache<FirmwareId, Firmware> cache)
            implements FirmwareQueryPort {

        @Override
        public Either<OtaFailure, Firmware> find(FirmwareId id) {
            return cache.find(id, port::find);
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
            return thenForget(cache, () -> port.delete(id));
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
            return thenForget(cache, () -> port.create(module));
        }

        @Override
        public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
            return thenForget(cache, () -> port.update(ref, change));
        }

        @Override
        public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
            return thenForget(cache, () -> port.delete(ref));
        }

        @Override
        public ModuleCommandPort dryRun() {
            return port.dryRun();
        }
    }
}
