package io.otabridge.aliyun;

import io.otabridge.domain.Deletion;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.SentOnce;
import io.vavr.control.Either;

/** Deletes firmware. */
final class AliyunFirmwareCommands implements FirmwareCommandPort {

    private final AliyunApi api;
    private final AliyunSettings settings;
    private final BackendCalls calls;
    private final AliyunCalls answers;

    AliyunFirmwareCommands(AliyunApi api, AliyunSettings settings, BackendCalls calls) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
        this.answers = new AliyunCalls(calls, settings.dialect());
    }

    @Override
    public Either<OtaFailure, Deletion> delete(FirmwareId id) {
        Origin origin = calls.origin("DeleteOTAFirmware");
        return calls.check(origin, settings.dialect().rules().firmwareId(), id.value())
                .flatMap(checked -> send(origin, id));
    }

    private Either<OtaFailure, Deletion> send(Origin origin, FirmwareId id) {
        String firmware = "firmware " + id;
        Either<OtaFailure, EnvelopeDto> answer = answers.delete(
                origin,
                "the deletion of " + firmware,
                firmware,
                api.deleteOtaFirmware(settings.instanceId().getOrNull(), id.value(), SentOnce.empty()));
        return answer.isLeft() && AliyunFailures.saysThatFirmwareIsAbsent(answer.getLeft())
                ? Either.right(Deletion.ABSENT)
                : answer.map(done -> Deletion.DELETED);
    }
}
