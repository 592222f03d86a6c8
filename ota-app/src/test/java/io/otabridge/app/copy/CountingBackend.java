package io.otabridge.app.copy;

import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** Counts the calls of a backend by their names, and can replace a result by a failure. Dry runs have names of their own. */
public final class CountingBackend extends Backend.Forwarding {

    private final Backend backend;
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private volatile BiFunction<String, Object, Option<OtaFailure>> failures = (call, subject) -> Option.none();

    public CountingBackend(Backend backend) {
        super(backend);
        this.backend = backend;
    }

    /** Returns the number of calls with this name since the last reset. */
    public int count(String call) {
        return counts.getOrDefault(call, new AtomicInteger()).get();
    }

    /** Returns the number of all calls since the last reset. */
    public int total() {
        return counts.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    public Map<String, AtomicInteger> counts() {
        return counts;
    }

    public void reset() {
        counts.clear();
    }

    /** Replaces results. The function receives the name of a call and its subject. */
    public void failWith(BiFunction<String, Object, Option<OtaFailure>> function) {
        failures = function;
    }

    private <T> Either<OtaFailure, T> call(
            String name, Object subject, java.util.function.Supplier<Either<OtaFailure, T>> call) {
        counts.computeIfAbsent(name, first -> new AtomicInteger()).incrementAndGet();
        return failures.apply(name, subject)
                .<Either<OtaFailure, T>>map(Either::left)
                .getOrElse(call);
    }

    @Override
    public FirmwareQueryPort firmware() {
        FirmwareQueryPort port = backend.firmware();
        return new FirmwareQueryPort() {
            @Override
            public Either<OtaFailure, Firmware> find(FirmwareId id) {
                return call("find", id, () -> port.find(id));
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
                return Pages.of(
                        token -> call("list", filter, () -> port.list(filter).page(token)));
            }

            @Override
            public Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
                return call("download", id, () -> port.download(id, download));
            }

            @Override
            public OtaFailure unsupported(Capability missing) {
                return port.unsupported(missing);
            }
        };
    }

    @Override
    public FirmwareCommandPort firmwareCommands() {
        return commands(backend.firmwareCommands(), "publish");
    }

    private FirmwareCommandPort commands(FirmwareCommandPort port, String publish) {
        return new FirmwareCommandPort() {
            @Override
            public Either<OtaFailure, PublishResult> publish(
                    NewFirmware firmware, List<Artifact> files, TransferListener listener) {
                return call(publish, firmware, () -> port.publish(firmware, files, listener));
            }

            @Override
            public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
                return port.delete(id);
            }

            @Override
            public FirmwareCommandPort dryRun() {
                return commands(port.dryRun(), "dry-run publish");
            }

            @Override
            public OtaFailure unsupported(Capability missing) {
                return port.unsupported(missing);
            }
        };
    }

    @Override
    public ModuleQueryPort modules() {
        ModuleQueryPort port = backend.modules();
        return new ModuleQueryPort() {
            @Override
            public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                return call("find module", ref, () -> port.find(ref));
            }

            @Override
            public Pages<OtaModule> list(ProductId product) {
                return Pages.of(token ->
                        call("list modules", product, () -> port.list(product).page(token)));
            }
        };
    }

    @Override
    public ModuleCommandPort moduleCommands() {
        return moduleCommands(backend.moduleCommands(), "create module");
    }

    private ModuleCommandPort moduleCommands(ModuleCommandPort port, String create) {
        return new ModuleCommandPort() {
            @Override
            public Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                return call(create, module, () -> port.create(module));
            }

            @Override
            public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
                return port.update(ref, change);
            }

            @Override
            public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
                return port.delete(ref);
            }

            @Override
            public ModuleCommandPort dryRun() {
                return moduleCommands(port.dryRun(), "dry-run create module");
            }
        };
    }
}
