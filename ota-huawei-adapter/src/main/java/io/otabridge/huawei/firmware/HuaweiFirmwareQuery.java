package io.otabridge.huawei.firmware;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSearch;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.page.CompleteListIterator;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.otabridge.huawei.operation.HuaweiIds;
import io.otabridge.huawei.operation.HuaweiOperations;
import io.otabridge.huawei.operation.PackagePageCursor;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/** Asks IoTDA for OTA upgrade packages. */
public final class HuaweiFirmwareQuery implements FirmwareQueryPort {

    private static final String ENTRIES = "firmware packages";

    private final OperationClient client;
    private final HuaweiOperations operations;

    public HuaweiFirmwareQuery(OperationClient client, HuaweiOperations operations) {
        this.client = client;
        this.operations = operations;
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareId id) {
        return client.read(operations.showPackage, id);
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        return search().find(coordinates);
    }

    /** Packages for one target come from newer to older. */
    @Override
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        return order instanceof FirmwareOrder.ByCreation && filter.target().isDefined()
                ? search().first(filter)
                : search().newest(filter, order);
    }

    private FirmwareSearch search() {
        return new FirmwareSearch(this, client.origin(operations.listPackages), HuaweiIds::isSame);
    }

    @Override
    public Pages<FirmwareSummary> list(FirmwareFilter filter) {
        return Pages.of(from -> page(filter, from), () -> pagination(filter)).filter(filter::isChosen);
    }

    private Iterator<Either<OtaFailure, FirmwareSummary>> pagination(FirmwareFilter filter) {
        Set<String> knownTypes = new HashSet<>();
        return CompleteListIterator.iterator(
                client.origin(operations.listPackages),
                ENTRIES,
                PackagePageCursor.starts(filter),
                FirmwareSummary::id,
                from -> place(filter, from).flatMap(walk -> {
                    Either<OtaFailure, VendorPage<FirmwareSummary>> page = records(filter, walk);
                    page.forEach(listed -> knownTypes.add(walk.type()));
                    // A type that had a page is known, so its refusal when it is read again is a failure.
                    boolean mayPass = !knownTypes.contains(walk.type())
                            && (!knownTypes.isEmpty() || walk.nextType(filter).isDefined());
                    return mayPass && isRefusedType(walk, page) ? Either.right(nothing(walk)) : page;
                }));
    }

    private Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
        return place(filter, from).flatMap(walk -> page(filter, walk, !walk.equals(PackagePageCursor.first(filter))));
    }

    /** A type that the platform does not know has no page, so the first page of the next type comes in its place. */
    private Either<OtaFailure, Page<FirmwareSummary>> page(
            FirmwareFilter filter, PackagePageCursor walk, boolean isAnyTypeKnown) {
        Either<OtaFailure, VendorPage<FirmwareSummary>> records = records(filter, walk);
        Option<PackagePageCursor> nextType = walk.nextType(filter);
        if (isRefusedType(walk, records) && (isAnyTypeKnown || nextType.isDefined())) {
            nothing(walk);
            return nextType.map(next -> page(filter, next, isAnyTypeKnown))
                    .getOrElse(Either.right(Page.last(List.empty())));
        }
        return records.flatMap(
                        page -> CompleteListIterator.toPage(client.origin(operations.listPackages), ENTRIES, page))
                .map(page ->
                        new Page<>(page.items(), page.next().orElse(() -> nextType.map(PackagePageCursor::toToken))));
    }

    private Either<OtaFailure, PackagePageCursor> place(FirmwareFilter filter, PageToken from) {
        return client.check(
                        operations.listPackages,
                        new HuaweiOperations.PackagePage(filter, PackagePageCursor.first(filter)))
                .flatMap(valid -> PackagePageCursor.at(filter, from)
                        .toEither(() -> HuaweiOperations.foreignToken(client.origin(operations.listPackages), from)));
    }

    /** A page of one type, before module and verification are filtered. */
    private Either<OtaFailure, VendorPage<FirmwareSummary>> records(FirmwareFilter filter, PackagePageCursor walk) {
        return client.read(operations.listPackages, new HuaweiOperations.PackagePage(filter, walk))
                .mapLeft(failure -> isRefusedType(walk, Either.left(failure)) ? withType(walk, failure) : failure)
                .map(page -> new VendorPage<>(
                        page.entries(), page.next().map(walk::onwards), page.received(), page.total()));
    }

    /** Platforms older than a type of package refuse it with one of two codes (field reports). */
    private static boolean isRefusedType(PackagePageCursor walk, Either<OtaFailure, ?> page) {
        return walk.isStart() && page.isLeft() && isRefusal(page.getLeft());
    }

    private static boolean isRefusal(OtaFailure failure) {
        return failure instanceof OtaFailure.Rejected && failure.vendorCode().exists(HuaweiErrors.OF_TYPE::contains);
    }

    private static OtaFailure withType(PackagePageCursor walk, OtaFailure failure) {
        return failure.withDetails(failure.details()
                .withMoreAdvice(Message.of("an older platform may not know the package type {0}", walk.type())));
    }

    /** The list of a type that the platform does not know. */
    private VendorPage<FirmwareSummary> nothing(PackagePageCursor walk) {
        client.note(
                operations.listPackages,
                "Backend " + client.origin(operations.listPackages).backend() + " refuses the package type "
                        + walk.type() + ", so packages of this type are not listed");
        return new VendorPage<>(List.empty(), Option.none(), 0, Option.none());
    }
}
