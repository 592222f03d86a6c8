package io.otabridge.jackson;

import static io.otabridge.jackson.JsonTypes.object;

import io.otabridge.app.BackendInventory;
import io.otabridge.app.FirmwareDiff;
import io.otabridge.app.Inventory;
import io.otabridge.app.migration.MigrationPlan;
import io.otabridge.app.migration.MigrationReport;
import io.otabridge.app.migration.MigrationState;
import io.otabridge.app.promotion.PromotionReport;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.NewModule;
import java.time.Duration;

/** The JSON of lists of several backends, their differences, promotions and migrations. */
final class CopyJson {

    private CopyJson() {}

    static void describe(JsonTypes types) {
        describeCopies(types);
        types.describe(
                Inventory.class,
                inventory -> object(
                        "complete", inventory.isComplete(),
                        "leftOut", inventory.skipped(),
                        "backends", inventory.backends()));
        types.describe(
                BackendInventory.class,
                inventory -> object(
                        "backend", inventory.backend(),
                        "vendor", inventory.vendor(),
                        "failure", inventory.failure(),
                        "firmwareList", inventory.firmware()));
        types.describe(
                FirmwareDiff.class,
                diff -> object(
                        "left", diff.left(),
                        "right", diff.right(),
                        "same", diff.same(),
                        "uncompared", diff.uncompared(),
                        "differences", diff.differences()));
        types.describe(
                FirmwareDiff.Difference.class,
                difference -> object(
                        "difference", difference.kind(),
                        "product", difference.product(),
                        "target", difference.firmware().target(),
                        "version", difference.firmware().version(),
                        "leftId", difference.left().map(FirmwareSummary::id),
                        "rightId", difference.right().map(FirmwareSummary::id),
                        "details", details(difference)));
    }

    private static String details(FirmwareDiff.Difference difference) {
        return difference
                .details()
                .getOrElse(() ->
                        difference.left().isDefined() && difference.right().isDefined()
                                ? state(difference.left().get()) + " and "
                                        + state(difference.right().get())
                                : "id " + difference.firmware().id());
    }

    private static String state(FirmwareSummary firmware) {
        return firmware.verification().code().replace('-', ' ');
    }

    private static void describeCopies(JsonTypes types) {
        types.describe(MigrationPlan.Action.class, JsonTypes::code);
        types.describe(MigrationPlan.Excluded.Cause.class, JsonTypes::code);
        types.describe(MigrationReport.Outcome.class, JsonTypes::code);
        types.describe(MigrationReport.Comparison.class, JsonTypes::code);
        types.describe(MigrationState.class, JsonTypes::code);
        types.describe(
                NewModule.class,
                module -> object(
                        "product", module.product(),
                        "name", module.name(),
                        "alias", module.alias(),
                        "description", module.description()));
        types.describe(
                NewFirmware.class,
                firmware -> object(
                        "product", firmware.coordinates().product(),
                        "target", firmware.coordinates().target(),
                        "version", firmware.coordinates().version(),
                        "update", firmware.kind(),
                        "sourceVersions", firmware.sourceVersions(),
                        "name", firmware.name(),
                        "description", firmware.description(),
                        "customInfo", firmware.customInfo(),
                        "needsVerification", firmware.needsVerification()));
        types.describe(
                PromotionReport.class,
                report -> object(
                        "from", report.from(),
                        "complete", report.failure().isEmpty(),
                        "firmware", report.firmware(),
                        "results", report.results()));
        types.describe(
                PromotionReport.Result.class,
                result -> object(
                        "to", result.to(),
                        "failure", result.published().swap().toOption(),
                        "published", result.published().toOption(),
                        "createdModule", result.createdModule(),
                        "files", result.files()));
        types.describe(
                MigrationPlan.class,
                plan -> object(
                        "from", plan.from(),
                        "to", plan.to(),
                        "deep", plan.isDeep(),
                        "obstacle", plan.obstacle(),
                        "files", plan.files(),
                        "bytes", plan.bytes(),
                        "filesOfUnknownSize", plan.filesOfUnknownSize(),
                        "calls", plan.calls(),
                        "minimumTime", plan.minimumTime(),
                        "modules", plan.modules(),
                        "packages", plan.packages(),
                        "excluded", plan.excluded()));
        types.describe(
                MigrationPlan.MinimumTime.class,
                time -> object(
                        "fromMillis", time.from().map(Duration::toMillis),
                        "toMillis", time.to().map(Duration::toMillis),
                        "totalMillis", time.total().map(Duration::toMillis)));
        types.describe(
                MigrationPlan.Planned.class,
                planned -> object(
                        "source", planned.source(),
                        "action", planned.action(),
                        "target", planned.target(),
                        "copy", planned.copy(),
                        "files", planned.files(),
                        "losses", planned.losses(),
                        "comparison", planned.comparison(),
                        "verification", planned.verification()));
        types.describe(
                MigrationPlan.Excluded.class,
                excluded ->
                        object("source", excluded.source(), "cause", excluded.cause(), "reason", excluded.reason()));
        types.describe(
                MigrationReport.class,
                report -> object(
                        "from", report.from(),
                        "to", report.to(),
                        "complete", report.isComplete(),
                        "results", report.results(),
                        "excluded", report.excluded()));
        types.describe(
                MigrationReport.Result.class,
                result -> object(
                        "source", result.source(),
                        "outcome", result.outcome(),
                        "comparison", result.comparison(),
                        "copy", result.copy(),
                        "verification", result.verification(),
                        "files", result.files(),
                        "losses", result.losses(),
                        "failure", result.failure()));
    }
}
