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
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.huawei.obs.ObsStorage;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.otabridge.huawei.operation.HuaweiIdCanonicalizer;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.otabridge.huawei.operation.PackagePageCursor;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

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
        return Pages.of(from -> page(filter, from), () -> pagination(filter)).filter(filter::isChosen);
    }

    private Iterator<Either<OtaFailure, FirmwareSummary>> pagination(FirmwareFilter filter) {
        Set<String> knownTypes = new HashSet<>();
        return CompleteListPaginator.iterator(
                client.contextOf(operations.listPackages),
                ENTRIES,
                PackagePageCursor.firstTokens(filter),
                FirmwareSummary::id,
                from -> cursorAt(filter, from).flatMap(cursor -> {
                    Either<OtaFailure, VendorPage<FirmwareSummary>> page = vendorPage(filter, cursor);
                    page.forEach(listed -> knownTypes.add(cursor.type()));
                    // A type that returned a page is supported, so a later rejection is a failure.
                    boolean maySkip = !knownTypes.contains(cursor.type())
                            && (!knownTypes.isEmpty() || cursor.nextType(filter).isDefined());
                    return maySkip && isUnknownType(cursor, page) ? Either.right(emptyPage(cursor)) : page;
                }));
    }

    private Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
        return cursorAt(filter, from)
                .flatMap(cursor -> page(filter, cursor, !cursor.equals(PackagePageCursor.first(filter))));
    }

    /** Skips a type that the platform does not support, and returns the first page of the next type. */
    private Either<OtaFailure, Page<FirmwareSummary>> page(
            FirmwareFilter filter, PackagePageCursor cursor, boolean isAnyTypeKnown) {
        Either<OtaFailure, VendorPage<FirmwareSummary>> vendorPage = vendorPage(filter, cursor);
        Option<PackagePageCursor> nextType = cursor.nextType(filter);
        if (isUnknownType(cursor, vendorPage) && (isAnyTypeKnown || nextType.isDefined())) {
            emptyPage(cursor);
            return nextType.map(next -> page(filter, next, isAnyTypeKnown))
                    .getOrElse(Either.right(Page.last(List.empty())));
        }
        return vendorPage
                .flatMap(page -> CompleteListPaginator.toPage(client.contextOf(operations.listPackages), ENTRIES, page))
                .map(page ->
                        new Page<>(page.items(), page.next().orElse(() -> nextType.map(PackagePageCursor::toToken))));
    }

    private Either<OtaFailure, PackagePageCursor> cursorAt(FirmwareFilter filter, PageToken from) {
        return client.check(
                        operations.listPackages,
                        new HuaweiOperations.PackagePage(filter, PackagePageCursor.first(filter)))
                .flatMap(valid -> PackagePageCursor.of(filter, from)
                        .toEither(
                                () -> HuaweiOperations.invalidToken(client.contextOf(operations.listPackages), from)));
    }

    /** A page of one type, before filtering by module and verification. */
    private Either<OtaFailure, VendorPage<FirmwareSummary>> vendorPage(
            FirmwareFilter filter, PackagePageCursor cursor) {
        return client.read(operations.listPackages, new HuaweiOperations.PackagePage(filter, cursor))
                .mapLeft(failure ->
                        isUnknownType(cursor, Either.left(failure)) ? withTypeAdvice(cursor, failure) : failure)
                .map(page -> new VendorPage<>(
                        page.entries(), page.next().map(cursor::tokenAt), page.received(), page.total()));
    }

    /** Older platforms reject a package type that they do not support with one of two codes (field reports). */
    private static boolean isUnknownType(PackagePageCursor cursor, Either<OtaFailure, ?> page) {
        return cursor.isFirstPage() && page.isLeft() && isUnknownTypeError(page.getLeft());
    }

    private static boolean isUnknownTypeError(OtaFailure failure) {
        return failure instanceof OtaFailure.Rejected
                && failure.vendorCode().exists(HuaweiErrors.UNKNOWN_TYPE::contains);
    }

    private static OtaFailure withTypeAdvice(PackagePageCursor cursor, OtaFailure failure) {
        return failure.withDetails(failure.details()
                .withMoreAdvice(Message.of("an older platform may not support the package type {0}", cursor.type())));
    }

    /** The page of a type that the platform does not support. */
    private VendorPage<FirmwareSummary> emptyPage(PackagePageCursor cursor) {
        client.note(
                operations.listPackages,
                "Backend " + client.contextOf(operations.listPackages).backend() + " rejects the package type "
                        + cursor.type() + ", so packages of this type are not listed");
        return new VendorPage<>(List.empty(), Option.none(), 0, Option.none());
    }

    @Override
    public OtaFailure unsupported(Capability missing) {
        return client.unsupported(missing);
    }
}
