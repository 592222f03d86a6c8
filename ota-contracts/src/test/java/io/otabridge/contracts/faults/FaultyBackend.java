package io.otabridge.contracts.faults;

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
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareFinder;
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
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageIterator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A backend that delegates to another one. A planted fault overrides one of its methods. Searches use the lists of
 * this backend, so that a fault in a list also affects searches.
 */
class FaultyBackend extends Backend.Forwarding {

    private final Backend correct;

    FaultyBackend(Backend correct) {
        super(correct);
        this.correct = correct;
    }

    final Backend correct() {
        return correct;
    }

    // Methods to override

    /** Wraps every call that returns one result. */
    <T> Either<OtaFailure, T> call(Supplier<Either<OtaFailure, T>> call) {
        return call.get();
    }

    Either<OtaFailure, Firmware> find(FirmwareId id) {
        return correct.firmware().find(id);
    }

    Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        return search().find(coordinates);
    }

    Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        return search().newest(filter, order);
    }

    Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
        return correct.firmware().list(filter).page(from);
    }

    /** Creates a list from its pages. */
    <T> Pages<T> list(Function<PageToken, Either<OtaFailure, Page<T>>> pages) {
        return Pages.of(
                pages,
                () -> pagination(() -> PageIterator.stream(Pages.of(pages))).iterator());
    }

    /** Wraps the results of one iteration over all pages. */
    <T> Stream<Either<OtaFailure, T>> pagination(Supplier<Stream<Either<OtaFailure, T>>> results) {
        return results.get();
    }

    /** Wraps the results of a batch. */
    <I, T> Stream<LookupResult<I, T>> batch(Supplier<Stream<LookupResult<I, T>>> batch) {
        return batch.get();
    }

    Either<OtaFailure, OtaModule> find(ModuleRef ref) {
        return correct.modules().find(ref);
    }

    Either<OtaFailure, Page<OtaModule>> page(ProductId product, PageToken from) {
        return correct.modules().list(product).page(from);
    }

    /** Wraps every call that changes something. */
    <T> Either<OtaFailure, T> change(Supplier<Either<OtaFailure, T>> change) {
        return change.get();
    }

    Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
        return correct.moduleCommands().create(module);
    }

    Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
        return correct.moduleCommands().update(ref, change);
    }

    Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
        return correct.moduleCommands().delete(ref);
    }

    Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
        return correct.firmwareCommands().delete(id);
    }

    Either<OtaFailure, PublishResult> publish(NewFirmware wanted, List<Artifact> files, TransferListener listener) {
        return correct.firmwareCommands().publish(wanted, files, listener);
    }

    Either<OtaFailure, Firmware> update(FirmwareId id, FirmwareUpdate change) {
        return correct.firmwareCommands().update(id, change);
    }

    Either<OtaFailure, FirmwareDeletion> deleteWithFile(FirmwareId id) {
        return correct.firmwareCommands().deleteWithFile(id);
    }

    Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
        return correct.firmware().download(id, download);
    }

    ModuleCommandPort dryRunOfModules() {
        return correct.moduleCommands().dryRun();
    }

    FirmwareCommandPort dryRunOfFirmware() {
        return correct.firmwareCommands().dryRun();
    }

    final FirmwareFinder search() {
        return new FirmwareFinder(firmware(), new OperationContext(name(), vendor(), "search"));
    }

    // The backend

    @Override
    public Backend within(Duration deadline) {
        return this;
    }

    @Override
    public final FirmwareQueryPort firmware() {
        return new FirmwareQueryPort() {
            @Override
            public OtaFailure unsupported(Capability missing) {
                return correct.firmware().unsupported(missing);
            }

            @Override
            public Either<OtaFailure, Firmware> find(FirmwareId id) {
                return call(() -> FaultyBackend.this.find(id));
            }

            @Override
            public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
                return FaultyBackend.this.find(coordinates);
            }

            @Override
            public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
                return FaultyBackend.this.newest(filter, order);
            }

            @Override
            public Pages<FirmwareSummary> list(FirmwareFilter filter) {
                return FaultyBackend.this.list(from -> call(() -> page(filter, from)));
            }

            @Override
            public Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
                return call(() -> FaultyBackend.this.download(id, download));
            }

            @Override
            public Stream<LookupResult<FirmwareId, Firmware>> findAll(Iterable<FirmwareId> ids, int concurrency) {
                return batch(() -> FirmwareQueryPort.super.findAll(ids, concurrency));
            }
        };
    }

    @Override
    public final ModuleQueryPort modules() {
        return new ModuleQueryPort() {
            @Override
            public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                return call(() -> FaultyBackend.this.find(ref));
            }

            @Override
            public Pages<OtaModule> list(ProductId product) {
                return FaultyBackend.this.list(from -> call(() -> page(product, from)));
            }

            @Override
            public Stream<LookupResult<ModuleRef, OtaModule>> findAll(Iterable<ModuleRef> refs, int concurrency) {
                return batch(() -> ModuleQueryPort.super.findAll(refs, concurrency));
            }
        };
    }

    @Override
    public final ModuleCommandPort moduleCommands() {
        return new ModuleCommandPort() {
            @Override
            public Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                return call(() -> change(() -> FaultyBackend.this.create(module)));
            }

            @Override
            public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
                return call(() -> change(() -> FaultyBackend.this.update(ref, change)));
            }

            @Override
            public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
                return call(() -> change(() -> FaultyBackend.this.delete(ref)));
            }

            @Override
            public ModuleCommandPort dryRun() {
                return dryRunOfModules();
            }
        };
    }

    @Override
    public final FirmwareCommandPort firmwareCommands() {
        return new FirmwareCommandPort() {
            @Override
            public OtaFailure unsupported(Capability missing) {
                return correct.firmwareCommands().unsupported(missing);
            }

            @Override
            public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
                return call(() -> change(() -> FaultyBackend.this.delete(id)));
            }

            @Override
            public Either<OtaFailure, PublishResult> publish(
                    NewFirmware wanted, List<Artifact> files, TransferListener listener) {
                return call(() -> change(() -> FaultyBackend.this.publish(wanted, files, listener)));
            }

            @Override
            public Either<OtaFailure, PublishResult> publish(NewFirmware wanted, FileLocation.ObjectStore file) {
                return call(() -> change(() -> correct.firmwareCommands().publish(wanted, file)));
            }

            @Override
            public Either<OtaFailure, Firmware> update(FirmwareId id, FirmwareUpdate change) {
                return call(() -> change(() -> FaultyBackend.this.update(id, change)));
            }

            @Override
            public Either<OtaFailure, FirmwareDeletion> deleteWithFile(FirmwareId id) {
                return call(() -> change(() -> FaultyBackend.this.deleteWithFile(id)));
            }

            @Override
            public FirmwareCommandPort dryRun() {
                return dryRunOfFirmware();
            }
        };
    }
}
