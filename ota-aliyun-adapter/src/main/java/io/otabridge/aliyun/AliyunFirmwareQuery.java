package io.otabridge.aliyun;

import io.otabridge.domain.Capability;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
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
import io.otabridge.domain.page.CountedList;
import io.otabridge.domain.page.CountedPage;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/** Asks the platform for firmware. */
final class AliyunFirmwareQuery implements FirmwareQueryPort {

    private static final String LIST = "ListOTAFirmware";

    /** The largest that the document "ListOTAFirmware" allows. */
    private static final int PAGE_SIZE = 100;

    private static final String ENTRIES = "firmware packages";

    private static final JsonReader<FirmwareInfoDto.PageDto> PAGES = JsonReader.of(FirmwareInfoDto.PageDto.class);
    private static final JsonReader<FirmwareInfoDto.Answer> READER = JsonReader.of(FirmwareInfoDto.Answer.class);

    private final AliyunApi api;
    private final AliyunSettings settings;
    private final BackendCalls calls;
    private final AliyunCalls answers;

    AliyunFirmwareQuery(AliyunApi api, AliyunSettings settings, BackendCalls calls) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
        this.answers = new AliyunCalls(calls, settings.dialect());
    }

    @Override
    public Pages<FirmwareSummary> list(FirmwareFilter filter) {
        return CountedList.numbered(calls.origin(LIST), ENTRIES, FirmwareSummary::id, from -> entries(filter, from))
                .filter(filter::isChosen);
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        return new FirmwareSearch(this, calls.origin(LIST)).find(coordinates);
    }

    @Override
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        return new FirmwareSearch(this, calls.origin(LIST)).newest(filter, order);
    }

    /** A page before target and verification are filtered. */
    private Either<OtaFailure, CountedPage<FirmwareSummary>> entries(FirmwareFilter filter, PageToken from) {
        Origin origin = calls.origin(LIST);
        if (filter.target().exists(FirmwareTarget.Software.class::isInstance)) {
            return settings.dialect()
                    .capabilities()
                    .require(origin, Capability.SOFTWARE_PACKAGES)
                    .map(never -> new CountedPage<>(List.empty(), Option.none(), 0, Option.none()));
        }
        return from.equals(PageToken.FIRST)
                ? entries(origin, filter, NumberedPage.FIRST)
                : calls.check(origin, NumberedPage.RULE, from.value())
                        .flatMap(token -> entries(origin, filter, NumberedPage.parse(token)));
    }

    private Either<OtaFailure, CountedPage<FirmwareSummary>> entries(
            Origin origin, FirmwareFilter filter, NumberedPage place) {
        return answers.askForPage(
                origin,
                place.number() == 1,
                filter.product().map(id -> "packages of product " + id).getOrElse("packages") + " (page "
                        + place.number() + ")",
                api.listOtaFirmware(
                        settings.instanceId().getOrNull(),
                        filter.product().map(ProductId::value).getOrNull(),
                        filter.version().map(FirmwareVersion::value).getOrNull(),
                        place.number(),
                        PAGE_SIZE),
                PAGES,
                dto -> AliyunMapping.toSummaries(dto)
                        .flatMap(firmware -> filter.requested(firmware, ProductId::equals))
                        .flatMap(firmware -> counted(dto, place, firmware)));
    }

    private static Either<String, CountedPage<FirmwareSummary>> counted(
            FirmwareInfoDto.PageDto dto, NumberedPage place, List<FirmwareSummary> firmware) {
        return place.next(
                        firmware.size(),
                        Option.of(dto.pageSize()).getOrElse(PAGE_SIZE),
                        Option.of(dto.pageCount()),
                        dto.announced())
                .map(next -> new CountedPage<>(
                        firmware,
                        next.map(NumberedPage::toToken),
                        place.received(firmware.size()),
                        dto.announced().filter(count -> place.before().isDefined())));
    }

    /** Passes on the firmware that was asked for, and no other. */
    private static Either<String, Firmware> about(FirmwareId id, Firmware found) {
        return found.id().value().equals(id.value())
                ? Either.right(found)
                : Either.left("it speaks of firmware " + found.id());
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareId id) {
        Origin origin = calls.origin("QueryOTAFirmware");
        return calls.check(origin, settings.dialect().rules().firmwareId(), id.value())
                .flatMap(checked -> answers.ask(
                        origin,
                        "firmware " + id,
                        api.queryOtaFirmware(settings.instanceId().getOrNull(), checked),
                        READER,
                        answer -> AliyunMapping.toFirmware(answer).flatMap(found -> about(id, found))));
    }
}
