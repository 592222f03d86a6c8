package io.otabridge.contracts.memory;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareFinder;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The firmware packages of an in-memory backend, in the order of ids. */
final class InMemoryFirmwareQuery implements FirmwareQueryPort {

    private static final String FIND_FIRMWARE = "FindFirmware";
    private static final String LIST_FIRMWARE = "ListFirmware";
    private static final String DOWNLOAD_FIRMWARE = "DownloadFirmware";

    private final InMemoryStore store;

    InMemoryFirmwareQuery(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return store.unsupported(missing);
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        return finder().find(coordinates);
    }

    @Override
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        return finder().newest(filter, order);
    }

    private FirmwareFinder finder() {
        return new FirmwareFinder(this, store.origin(LIST_FIRMWARE));
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareId id) {
        return store.read(Capability.FIND_FIRMWARE, FIND_FIRMWARE, () -> stored(FIND_FIRMWARE, id));
    }

    private Either<OtaFailure, Firmware> stored(String operation, FirmwareId id) {
        return Option.of(store.firmware.get(id))
                .map(this::reported)
                .toEither(() -> store.absent(operation, "firmware " + id));
    }

    @Override
    public Pages<FirmwareSummary> list(FirmwareFilter filter) {
        return CompleteListPaginator.byMarker(
                store.origin(LIST_FIRMWARE), "firmware packages", FirmwareSummary::id, from -> entries(filter, from));
    }

    private Either<OtaFailure, VendorPage<FirmwareSummary>> entries(FirmwareFilter filter, PageToken from) {
        NavigableMap<String, FirmwareSummary> matching = new TreeMap<>();
        store.firmware.values().stream()
                .map(this::reported)
                .map(this::summary)
                .filter(filter::matches)
                .forEach(found -> matching.put(found.id().value(), found));
        Capability needed = filter.target().exists(FirmwareTarget.Software.class::isInstance)
                        && store.capabilities.has(Capability.LIST_FIRMWARE)
                ? Capability.SOFTWARE_PACKAGES
                : Capability.LIST_FIRMWARE;
        return store.pageOf(needed, LIST_FIRMWARE, matching, from, Either::right);
    }

    private FirmwareSummary summary(Firmware firmware) {
        return FirmwareSummary.of(
                store.capabilities.has(Capability.CONTENT_IN_LISTS)
                        ? firmware
                        : firmware.toBuilder().files(List.empty()).build());
    }

    /** Returns the package without what this backend does not report. */
    private Firmware reported(Firmware firmware) {
        Firmware.Builder reported = firmware.toBuilder();
        if (!store.capabilities.has(Capability.VERIFICATION)) {
            reported.verification(Verification.notOffered());
        }
        if (!store.capabilities.has(Capability.UPDATE_KIND)) {
            reported.kind(UpdateKind.notStated());
        }
        return reported.build();
    }

    @Override
    public Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
        return store.read(
                        Capability.DOWNLOAD_FIRMWARE,
                        DOWNLOAD_FIRMWARE,
                        () -> stored(DOWNLOAD_FIRMWARE, id)
                                .flatMap(firmware -> firmware.fileFor(download, store.origin(DOWNLOAD_FIRMWARE))))
                .flatMap(file -> ObjectStorage.location(file)
                        .flatMap(store.objects::get)
                        .toEither(() -> store.absent(DOWNLOAD_FIRMWARE, "stored file of firmware " + id))
                        .flatMap(bytes -> new InMemoryDownload(
                                        store, store.origin(DOWNLOAD_FIRMWARE), file, download, bytes)
                                .run()));
    }
}
