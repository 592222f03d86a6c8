package io.otabridge.huawei.firmware;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.Capability;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.DownloadResult.DigestCheck;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareFinder;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.huawei.obs.ObsStorage;
import io.otabridge.huawei.operation.HuaweiIdCanonicalizer;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.otabridge.huawei.operation.ListSequence;
import io.otabridge.huawei.operation.MarkerCursor;
import io.otabridge.huawei.operation.PackageType;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/** Finds and lists OTA upgrade packages of IoTDA. */
public final class HuaweiFirmwareQuery implements FirmwareQueryPort {

    private static final String ENTRIES = "firmware packages";

    private final OperationClient client;
    private final HuaweiOperations operations;
    private final Option<ObsStorage> storage;

    /**
     * Creates the port.
     *
     * @param storage the object store; absent if the credentials cannot sign its requests
     */
    public HuaweiFirmwareQuery(OperationClient client, HuaweiOperations operations, Option<ObsStorage> storage) {
        this.client = client;
        this.operations = operations;
        this.storage = storage;
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareId id) {
        return client.read(operations.showPackage, id);
    }

    @Override
    public Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
        if (storage.isEmpty()) {
            return Either.left(unsupported(Capability.DOWNLOAD_FIRMWARE));
        }
        return find(id).flatMap(found -> found.files()
                .headOption()
                .filter(file -> file.location().exists(FileLocation.ObjectStore.class::isInstance)
                        && download.fileName().forAll(name -> nameOf(file).contains(name)))
                .toEither(() -> noSuchFile(id, download))
                .flatMap(file -> storage.get()
                        .address((FileLocation.ObjectStore) file.location().get())
                        .flatMap(address -> storage.get()
                                .withDigest(file)
                                .flatMap(known -> storage.get().download(known, address, download))
                                .map(result -> withoutTrustInMetadata(file, download, result)))));
    }

    /** A user who replaces an object also sets its metadata, so these do not detect a deliberate change. */
    private static DownloadResult withoutTrustInMetadata(FirmwareFile file, Download download, DownloadResult result) {
        boolean isOfMetadata = result.check() == DigestCheck.VERIFIED
                && download.expected().isEmpty()
                && !file.checksums().exists(Checksum::isDigest);
        return isOfMetadata
                ? new DownloadResult(
                        result.file(),
                        result.size(),
                        result.sha256(),
                        DigestCheck.ACCIDENTAL_CHANGES_ONLY,
                        result.resumedAt())
                : result;
    }

    /** IoTDA does not name files, so a file has the name of its object. */
    private static Option<String> nameOf(FirmwareFile file) {
        return file.location()
                .map(FileLocation.ObjectStore.class::cast)
                .flatMap(FileLocation.ObjectStore::key)
                .map(key -> key.substring(key.lastIndexOf('/') + 1));
    }

    private OtaFailure noSuchFile(FirmwareId id, Download download) {
        return new OtaFailure.NotFound(FailureDetails.of(
                client.contextOf(operations.showPackage),
                download.fileName()
                        .map(name -> Message.of("Firmware {0} has no file {1}", id, ConstraintViolation.quoted(name)))
                        .getOrElse(() -> Message.of("Firmware {0} does not refer to a file", id)),
                Message.of("Leave out the name of the file: a package of Huawei Cloud IoTDA has one file")));
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        return search().find(coordinates);
    }

    /** IoTDA lists packages of one target from newest to oldest. */
    @Override
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        return order instanceof FirmwareOrder.ByCreation && filter.target().isDefined()
                ? search().first(filter)
                : search().newest(filter, order);
    }

    private FirmwareFinder search() {
        return new FirmwareFinder(this, client.contextOf(operations.listPackages), HuaweiIdCanonicalizer::isSame);
    }

    @Override
    public Pages<FirmwareSummary> list(FirmwareFilter filter) {
        return ListSequence.of(
                        client.contextOf(operations.listPackages),
                        ENTRIES,
                        FirmwareSummary::id,
                        (type, position) -> page(filter, type, position))
                .skippingUnknownTypes(this::noteUnknownType)
                .pages(key -> checked(filter))
                .filter(filter::isChosen);
    }

    /** The types to list; a failure if the filter violates the vendor's constraints. */
    private Either<OtaFailure, List<String>> checked(FirmwareFilter filter) {
        List<String> types = PackageType.of(filter);
        return client.check(
                        operations.listPackages,
                        new HuaweiOperations.PackagePage(filter, types.head(), MarkerCursor.FIRST))
                .map(valid -> types);
    }

    /** A page of one type, before filtering by module and verification. */
    private Either<OtaFailure, VendorPage<FirmwareSummary>> page(
            FirmwareFilter filter, String type, MarkerCursor position) {
        return client.read(operations.listPackages, new HuaweiOperations.PackagePage(filter, type, position))
                .mapLeft(failure -> position.equals(MarkerCursor.FIRST) && ListSequence.isUnknownType(failure)
                        ? failure.withDetails(failure.details()
                                .withMoreAdvice(
                                        Message.of("an older platform may not support the package type {0}", type)))
                        : failure);
    }

    private void noteUnknownType(String type) {
        client.note(
                operations.listPackages,
                "Backend " + client.contextOf(operations.listPackages).backend() + " rejects the package type " + type
                        + ", so packages of this type are not listed");
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
