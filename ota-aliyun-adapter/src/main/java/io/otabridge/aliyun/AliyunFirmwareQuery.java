package io.otabridge.aliyun;

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
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Asks the platform for firmware. Its ids have no documented form, so the domain's rule is all that is checked. */
final class AliyunFirmwareQuery implements FirmwareQueryPort {

    private static final String LIST = "ListOTAFirmware";

    /** The largest that the document "ListOTAFirmware" allows. */
    private static final int PAGE_SIZE = 100;

    private static final TextRule PAGE_NUMBER =
            TextRule.matching("page of Alibaba firmware", "[1-9][0-9]{0,5}", "a number from 1 to 999999");
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
        this.answers = new AliyunCalls(calls);
    }

    /** Pages are numbered, so that a firmware may move to a page that was not seen yet; one seen before is passed over. */
    @Override
    public Stream<Either<OtaFailure, FirmwareSummary>> stream(FirmwareFilter filter) {
        Set<FirmwareId> seen = new HashSet<>();
        return FirmwareQueryPort.super.stream(filter)
                .filter(found -> found.forAll(firmware -> seen.add(firmware.id())));
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
        return new FirmwareSearch(this, calls.origin(LIST)).find(coordinates);
    }

    @Override
    public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
        return new FirmwareSearch(this, calls.origin(LIST)).newest(filter, order);
    }

    @Override
    public Either<OtaFailure, Page<FirmwareSummary>> list(FirmwareFilter filter, PageToken from) {
        Origin origin = calls.origin(LIST);
        if (filter.target().exists(FirmwareTarget.Software.class::isInstance)) {
            return AliyunBackend.CAPABILITIES
                    .require(origin, Capability.SOFTWARE_PACKAGES)
                    .map(never -> Page.last(List.empty()));
        }
        return calls.check(origin, PAGE_NUMBER, from.equals(PageToken.FIRST) ? "1" : from.value())
                .map(Integer::valueOf)
                .flatMap(number -> answers.ask(
                        origin,
                        "firmware, page " + number,
                        api.listOtaFirmware(
                                settings.instanceId().getOrNull(),
                                filter.product().map(ProductId::value).getOrNull(),
                                filter.version().map(FirmwareVersion::value).getOrNull(),
                                number,
                                PAGE_SIZE),
                        PAGES,
                        dto -> AliyunMapping.toSummaries(dto).map(firmware -> page(dto, firmware, filter, number))));
    }

    /** The end is an empty page, or the last by the platform's own count where it gives one. */
    private static Page<FirmwareSummary> page(
            FirmwareInfoDto.PageDto dto, List<FirmwareSummary> firmware, FirmwareFilter filter, int number) {
        boolean last = firmware.isEmpty() || (dto.pageCount() != null && number >= dto.pageCount());
        List<FirmwareSummary> meant = firmware.filter(filter::matches);
        return last ? Page.last(meant) : Page.before(new PageToken(String.valueOf(number + 1)), meant);
    }

    /** Passes on the firmware that was asked for, and no other. */
    private static Either<String, Firmware> about(FirmwareId id, Firmware found) {
        return found.id().equals(id) ? Either.right(found) : Either.left("it speaks of firmware " + found.id());
    }

    @Override
    public Either<OtaFailure, Firmware> find(FirmwareId id) {
        Origin origin = calls.origin("QueryOTAFirmware");
        return answers.ask(
                origin,
                "firmware " + id,
                api.queryOtaFirmware(settings.instanceId().getOrNull(), id.value()),
                READER,
                answer -> AliyunMapping.toFirmware(answer).flatMap(found -> about(id, found)));
    }
}
