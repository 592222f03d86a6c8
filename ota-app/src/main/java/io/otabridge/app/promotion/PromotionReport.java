package io.otabridge.app.promotion;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * The result of a promotion. Immutable.
 *
 * @param from the name of the source
 * @param firmware the package on the source
 * @param results the results, in the order of the request
 */
public record PromotionReport(String from, Firmware firmware, List<Result> results) {

    /**
     * The result on one target.
     *
     * @param to the name of the target
     * @param published the package, or the failure; its warnings include what the target does not store
     * @param createdModule the module that was created for it; in a dry run, that would be created; absent if it exists or
     *     none is needed
     * @param files the files with the sizes and digests of the bytes that were published, or those that source and target
     *     report if nothing was downloaded
     */
    public record Result(
            String to,
            Either<OtaFailure, PublishResult> published,
            Option<OtaModule> createdModule,
            List<FirmwareFile> files) {}

    /** Returns the first failure; absent if the package is on every target. */
    public Option<OtaFailure> failure() {
        return results.flatMap(result -> result.published().swap().toOption()).headOption();
    }
}
