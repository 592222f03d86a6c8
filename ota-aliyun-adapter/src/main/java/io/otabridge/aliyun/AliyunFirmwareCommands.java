package io.otabridge.aliyun;

import io.otabridge.domain.Deletion;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.SentOnce;
import io.vavr.control.Either;

/** Deletes firmware. */
final class AliyunFirmwareCommands implements FirmwareCommandPort {

    private final AliyunApi api;
    private final AliyunSettings settings;
    private final BackendCalls calls;
    private final AliyunCalls answers;
    private final FirmwareQueryPort firmware;
    private final boolean isDry;

    AliyunFirmwareCommands(
            AliyunApi api, AliyunSettings settings, BackendCalls calls, FirmwareQueryPort firmware, boolean isDry) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
        this.answers = new AliyunCalls(calls, settings.dialect(), isDry);
        this.firmware = firmware;
        this.isDry = isDry;
    }

    @Override
    public FirmwareCommandPort dryRun() {
        return new AliyunFirmwareCommands(api, settings, calls, firmware, true);
    }

    @Override
    public Either<OtaFailure, Deletion> delete(FirmwareId id) {
        Origin origin = calls.origin("DeleteOTAFirmware");
        return AliyunCalls.orAbsent(
                calls.check(origin, settings.dialect().rules().firmwareId(), id.value())
                        .flatMap(checked -> isDry ? firmware.find(id).map(found -> checked) : Either.right(checked))
                        .flatMap(checked -> send(origin, id)),
                AliyunFailures::saysThatFirmwareIsAbsent);
    }

    private Either<OtaFailure, Deletion> send(Origin origin, FirmwareId id) {
        String words = "firmware " + id;
        return answers.delete(
                origin,
                "the deletion of " + words,
                words,
                api.deleteOtaFirmware(settings.instanceId().getOrNull(), id.value(), SentOnce.empty()),
                AliyunFailures::saysThatFirmwareIsAbsent,
                () -> firmware.find(id));
    }
}
