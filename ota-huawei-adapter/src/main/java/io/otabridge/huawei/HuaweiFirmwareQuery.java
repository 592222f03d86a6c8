package io.otabridge.huawei;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSearch;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.page.CountedList;
import io.otabridge.domain.page.CountedPage;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/** Asks IoTDA for OTA upgrade packages. */
final class HuaweiFirmwareQuery implements FirmwareQueryPort {

    private static final String LIST = "ListOtaPackageInfo";
    private static final String ENTRIES = "firmware packages";

    static final TextRule ID =
            TextRule.matching("Huawei OTA package id", "[a-zA-Z0-9-]{1,36}", "1 to 36 letters, digits and hyphens");
    private static final TextRule VERSION = TextRule.matching(
            "Huawei package version",
            "[a-zA-Z0-9_.-]{1,256}",
            "1 to 256 letters, digits, underscores, full stops and hyphens");
    private static final JsonReader<PackagePageDto> PACKAGES = JsonReader.of(PackagePageDto.class);
    private static final JsonReader<OtaPackageDto> READER = JsonReader.of(OtaPackageDto.class);

    private final HuaweiApi api;
    private final HuaweiSettings settings;
    private final BackendCalls calls;
    private final HuaweiCalls answers;

    HuaweiFirmwareQuery(HuaweiApi api, HuaweiSettings settings, BackendCalls calls) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
        this.answers = new HuaweiCalls(calls);
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
        return new FirmwareSearch(this, calls.origin(LIST), HuaweiCalls::isSame);
    }

    @Override
    public Pages<FirmwareSummary> list(FirmwareFilter filter) {
        return Pages.of(from -> page(filter, from), () -> pagination(filter)).filter(filter::isChosen);
    }

    private Iterator<Either<OtaFailure, FirmwareSummary>> pagination(FirmwareFilter filter) {
        Set<String> knownTypes = new HashSet<>();
        return CountedList.iterator(
                calls.origin(LIST),
                ENTRIES,
                PackageWalk.starts(filter),
                FirmwareSummary::id,
                from -> place(filter, from).flatMap(walk -> {
                    Either<OtaFailure, CountedPage<FirmwareSummary>> page = records(filter, walk);
                    page.forEach(listed -> knownTypes.add(walk.type()));
                    // A type that had a page is known, so its refusal when it is read again is a failure.
                    boolean mayPass = !knownTypes.contains(walk.type())
                            && (!knownTypes.isEmpty() || walk.nextType(filter).isDefined());
                    return mayPass && isRefusedType(walk, page) ? Either.right(nothing(walk)) : page;
                }));
    }

    private Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
        return place(filter, from).flatMap(walk -> page(filter, walk, !walk.equals(PackageWalk.first(filter))));
    }

    /** A type that the platform does not know has no page, so the first page of the next type comes in its place. */
    private Either<OtaFailure, Page<FirmwareSummary>> page(
            FirmwareFilter filter, PackageWalk walk, boolean isAnyTypeKnown) {
        Either<OtaFailure, CountedPage<FirmwareSummary>> records = records(filter, walk);
        Option<PackageWalk> nextType = walk.nextType(filter);
        if (isRefusedType(walk, records) && (isAnyTypeKnown || nextType.isDefined())) {
            nothing(walk);
            return nextType.map(next -> page(filter, next, isAnyTypeKnown))
                    .getOrElse(Either.right(Page.last(List.empty())));
        }
        return records.flatMap(page -> CountedList.toPage(calls.origin(LIST), ENTRIES, page))
                .map(page -> new Page<>(page.items(), page.next().orElse(() -> nextType.map(PackageWalk::toToken))));
    }

    private Either<OtaFailure, PackageWalk> place(FirmwareFilter filter, PageToken from) {
        Origin origin = calls.origin(LIST);
        return answers.check(origin, HuaweiCalls.PRODUCT, filter.product().map(ProductId::value))
                .flatMap(product ->
                        answers.check(origin, VERSION, filter.version().map(FirmwareVersion::value)))
                .flatMap(
                        version -> PackageWalk.at(filter, from).toEither(() -> HuaweiCalls.foreignToken(origin, from)));
    }

    /** A page of one type, before module and verification are filtered. */
    private Either<OtaFailure, CountedPage<FirmwareSummary>> records(FirmwareFilter filter, PackageWalk walk) {
        return answers.askForPage(
                        calls.origin(LIST),
                        walk.isStart(),
                        filter.product().map(id -> "packages of product " + id).getOrElse("packages") + " ("
                                + walk.type() + ")",
                        api.listOtaPackageInfo(
                                settings.instanceId().getOrNull(),
                                walk.type(),
                                settings.appId().getOrNull(),
                                filter.product().map(ProductId::value).getOrNull(),
                                filter.version().map(FirmwareVersion::value).getOrNull(),
                                PageDto.SIZE,
                                walk.position().sent()),
                        PACKAGES,
                        dto -> HuaweiMapping.toSummaries(dto, walk.type())
                                .flatMap(packages -> filter.requested(packages, HuaweiCalls::isSame))
                                .flatMap(packages -> walk.position().page(dto.page(), packages)))
                .mapLeft(failure -> isRefusedType(walk, Either.left(failure)) ? withType(walk, failure) : failure)
                .map(page -> new CountedPage<>(
                        page.entries(), page.next().map(walk::onwards), page.received(), page.total()));
    }

    /** Platforms older than a type of package refuse it with one of two codes (field reports). */
    private static boolean isRefusedType(PackageWalk walk, Either<OtaFailure, ?> page) {
        return walk.isStart() && page.isLeft() && isRefusal(page.getLeft());
    }

    private static boolean isRefusal(OtaFailure failure) {
        return failure instanceof OtaFailure.Rejected && failure.vendorCode().exists(HuaweiFailures.OF_TYPE::contains);
    }

    private static OtaFailure withType(PackageWalk walk, OtaFailure failure) {
        FailureDetails details = failure.details();
        return new OtaFailure.Rejected(details.withAdvice(
                details.advice() + "; an older platform may not know the package type " + walk.type()));
    }

    /** The list of a type that the platform does not know. */
    private CountedPage<FirmwareSummary> nothing(PackageWalk walk) {
        calls.note(
                calls.origin(LIST),
                "Backend " + calls.backend() + " refuses the package type " + walk.type()
                        + ", so packages of this type are not listed");
        return new CountedPage<>(List.empty(), Option.none(), 0, Option.none());
    }

    /** Passes on the package that was asked for, and no other. */
    private static Either<String, Firmware> about(FirmwareId id, Firmware found) {
        return HuaweiCalls.isSameId(found.id().value(), id.value())
                ? Either.right(found)
                : Either.left("it speaks of package " + found.id() + ", requested was " + id);
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareId id) {
        Origin origin = calls.origin("ShowOtaPackage");
        return calls.check(origin, ID, id.value())
                .flatMap(packageId -> answers.ask(
                        origin,
                        "firmware " + packageId,
                        api.showOtaPackage(settings.instanceId().getOrNull(), packageId),
                        READER,
                        dto -> HuaweiMapping.toFirmware(dto).flatMap(found -> about(id, found))));
    }
}
