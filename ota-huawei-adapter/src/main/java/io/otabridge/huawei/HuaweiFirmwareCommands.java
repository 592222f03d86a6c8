package io.otabridge.huawei;

import io.otabridge.domain.Deletion;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.SentOnce;
import io.vavr.control.Either;

/** Deletes OTA upgrade packages of IoTDA. */
final class HuaweiFirmwareCommands implements FirmwareCommandPort {

    private final HuaweiApi api;
    private final HuaweiSettings settings;
    private final BackendCalls calls;
    private final HuaweiCalls answers;
    private final FirmwareQueryPort firmware;
    private final boolean isDry;

    HuaweiFirmwareCommands(
            HuaweiApi api, HuaweiSettings settings, BackendCalls calls, FirmwareQueryPort firmware, boolean isDry) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
        this.answers = new HuaweiCalls(calls, isDry);
        this.firmware = firmware;
        this.isDry = isDry;
    }

    @Override
    public Either<OtaFailure, Deletion> delete(FirmwareId id) {
        Origin origin = calls.origin("DeleteOtaPackage");
        return HuaweiCalls.orAbsent(calls.check(origin, HuaweiFirmwareQuery.ID, id.value())
                .flatMap(checked -> isDry ? firmware.find(id).map(found -> checked) : Either.right(checked))
                .flatMap(packageId -> answers.delete(
                        origin,
                        "firmware " + packageId,
                        api.deleteOtaPackage(settings.instanceId().getOrNull(), packageId, SentOnce.empty()),
                        () -> firmware.find(id))));
    }

    @Override
    public FirmwareCommandPort dryRun() {
        return new HuaweiFirmwareCommands(api, settings, calls, firmware, true);
    }
}
