package io.otabridge.huawei;

import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.JsonReader;
import io.vavr.control.Either;

/** Asks IoTDA for an OTA upgrade package. */
final class HuaweiFirmwareQuery implements FirmwareQueryPort {

    private static final TextRule ID =
            TextRule.matching("Huawei OTA package id", "[a-zA-Z0-9-]{1,36}", "1 to 36 letters, digits and hyphens");
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
                        api.showOtaPackage(
                                settings.projectId(), settings.instanceId().getOrNull(), packageId),
                        READER,
                        dto -> HuaweiMapping.toFirmware(dto).flatMap(found -> about(id, found))));
    }
}
