package io.otabridge.cli.command.firmware;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.vavr.collection.List;

/** Renders packages with all details. */
final class FirmwareRenderers {

    private FirmwareRenderers() {}

    /** Returns the options that select a target. */
    static List<String> targetOptions(FirmwareTarget target) {
        if (target instanceof FirmwareTarget.Module module) {
            return List.of("--module", module.name().value());
        }
        return List.of(target instanceof FirmwareTarget.Software ? "--software" : "--whole-device");
    }

    static ResultRenderers<Firmware> one(OtaCommand root) {
        return new ResultRenderers<>(
                (backend, firmware) ->
                        FirmwareTable.of(backend, firmware, root.environment().formatter()),
                (backend, firmware) -> JsonOutput.of(backend, "firmware", firmware),
                (backend, firmware) -> FirmwareCsv.of(backend, FirmwareSummary.of(firmware)));
    }

    static ResultRenderers<List<LookupResult<FirmwareId, Firmware>>> several(OtaCommand root) {
        return new ResultRenderers<>(
                (backend, results) -> results.flatMap(LookupResult::result)
                        .map(firmware -> FirmwareTable.of(
                                backend, firmware, root.environment().formatter()))
                        .mkString("\n"),
                (backend, results) -> JsonOutput.of(
                                backend,
                                "complete",
                                results.forAll(one -> one.result().isRight()))
                        .putPOJO("answers", results),
                (backend, results) -> FirmwareCsv.list(
                        backend, results.flatMap(LookupResult::result).map(FirmwareSummary::of)));
    }
}
