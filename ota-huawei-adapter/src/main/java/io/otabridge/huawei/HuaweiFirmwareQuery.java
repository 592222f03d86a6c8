package io.otabridge.huawei;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.InvalidValue;
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
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.vavr.control.Either;
import io.vavr.control.Option;

/** Asks IoTDA for OTA upgrade packages. */
final class HuaweiFirmwareQuery implements FirmwareQueryPort {

    private static final String LIST = "ListOtaPackageInfo";

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
        return new FirmwareSearch(this, calls.origin(LIST));
    }

    @Override
    public Either<OtaFailure, Page<FirmwareSummary>> list(FirmwareFilter filter, PageToken from) {
        Origin origin = calls.origin(LIST);
        return answers.check(origin, HuaweiCalls.PRODUCT, filter.product().map(ProductId::value))
                .flatMap(product -> answers.check(
                                origin, VERSION, filter.version().map(FirmwareVersion::value))
                        .flatMap(version -> PackageWalk.at(filter, from)
                                .toEither(() -> foreignToken(origin, from))
                                .flatMap(walk -> page(origin, filter, walk, product, version))));
    }

    private Either<OtaFailure, Page<FirmwareSummary>> page(
            Origin origin, FirmwareFilter filter, PackageWalk walk, Option<String> product, Option<String> version) {
        return answers.askForPage(
                origin,
                walk.marker().isEmpty(),
                product.map(id -> "packages of product " + id).getOrElse("packages") + " (" + walk.type() + ")",
                api.listOtaPackageInfo(
                        settings.instanceId().getOrNull(),
                        walk.type(),
                        settings.appId().getOrNull(),
                        product.getOrNull(),
                        version.getOrNull(),
                        PageDto.SIZE,
                        PageDto.sent(walk.marker())),
                PACKAGES,
                dto -> HuaweiMapping.toSummaries(dto, walk.type())
                        .flatMap(packages -> PageDto.after(dto.page(), packages.size(), walk.marker())
                                .flatMap(marker -> filter.among(packages, HuaweiCalls::isSame)
                                        .map(meant -> new Page<>(meant, walk.next(filter, marker))))));
    }

    private static OtaFailure foreignToken(Origin origin, PageToken from) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                InvalidValue.quoted(from.value()) + " is no place in this list of backend " + origin.backend(),
                "Use a token with the filter that it came from, or begin with the first page; nothing was sent"));
    }

    /** Passes on the package that was asked for, and no other. */
    private static Either<String, Firmware> about(FirmwareId id, Firmware found) {
        return found.id().value().equalsIgnoreCase(id.value())
                ? Either.right(found)
                : Either.left("it speaks of package " + found.id());
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
