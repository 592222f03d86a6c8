package io.otabridge.aliyun;

import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.vavr.control.Either;

/** Asks the platform for a firmware. Its ids have no documented form, so the domain's rule is all that is checked. */
final class AliyunFirmwareQuery implements FirmwareQueryPort {

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
