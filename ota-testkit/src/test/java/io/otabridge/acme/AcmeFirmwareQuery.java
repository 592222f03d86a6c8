package io.otabridge.acme;

import io.otabridge.domain.Capability;
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
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.http.JsonReader;
import io.vavr.control.Either;
import io.vavr.control.Option;

/** Asks Acme Shelf for packages. Product and version it filters itself, the target is filtered here. */
final class AcmeFirmwareQuery implements FirmwareQueryPort {

    static final TextRule ID =
            TextRule.matching("Acme package id", "[a-z0-9-]{1,32}", "1 to 32 lower-case letters, digits and hyphens");

    private static final String LIST = "ListPackages";
    private static final JsonReader<PackageDto> PACKAGE = JsonReader.of(PackageDto.class);
    private static final JsonReader<PackageDto.PageDto> PAGE = JsonReader.of(PackageDto.PageDto.class);

    private final AcmeApi api;
    private final AcmeCalls calls;

    AcmeFirmwareQuery(AcmeApi api, AcmeCalls calls) {
        this.api = api;
        this.calls = calls;
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareId id) {
        Origin origin = calls.origin("ShowPackage");
        return calls.check(origin, ID, id.value())
                .flatMap(asked -> calls.ask(
                        origin,
                        "firmware " + asked,
                        api.showPackage(asked),
                        PACKAGE,
                        dto -> AcmeMapping.toFirmware(dto).flatMap(found -> about(id, found))));
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        return search().find(coordinates);
    }

    @Override
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        return search().newest(filter, order);
    }

    @Override
    public Pages<FirmwareSummary> list(FirmwareFilter filter) {
        return Pages.of(from -> page(filter, from));
    }

    private Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
        Origin origin = calls.origin(LIST);
        return askable(origin, filter)
                .flatMap(ok -> calls.page(origin, from))
                .flatMap(page -> calls.ask(
                        origin,
                        filter.toString(),
                        api.listPackages(
                                filter.product().map(ProductId::value).getOrNull(),
                                filter.version().map(FirmwareVersion::value).getOrNull(),
                                page.getOrNull()),
                        PAGE,
                        dto -> AcmeMapping.toPage("packages", dto.packages(), dto.next(), from, AcmeMapping::toFirmware)
                                .flatMap(
                                        found -> filter.among(found.items().map(FirmwareSummary::of), ProductId::equals)
                                                .map(meant -> new Page<>(meant, found.next())))));
    }

    /** Goes on with a filter that Acme Shelf can be asked for. */
    private Either<OtaFailure, FirmwareFilter> askable(Origin origin, FirmwareFilter filter) {
        Either<OtaFailure, FirmwareFilter> good = Either.right(filter);
        if (filter.target().exists(FirmwareTarget.Software.class::isInstance)) {
            good = calls.require(origin, Capability.SOFTWARE_PACKAGES).map(can -> filter);
        }
        Option<ProductId> product = filter.product();
        return product.isEmpty()
                ? good
                : good.flatMap(ok -> calls.check(
                                origin, AcmeCalls.PRODUCT, product.get().value()))
                        .map(ok -> filter);
    }

    private FirmwareSearch search() {
        return new FirmwareSearch(this, calls.origin(LIST));
    }

    /** Passes on the package that was asked for, and no other. */
    private static Either<String, Firmware> about(FirmwareId id, Firmware found) {
        return found.id().equals(id) ? Either.right(found) : Either.left("it speaks of package " + found.id());
    }
}
