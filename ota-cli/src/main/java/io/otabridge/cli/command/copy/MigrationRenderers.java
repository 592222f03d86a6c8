package io.otabridge.cli.command.copy;

import io.otabridge.app.ProductAliases;
import io.otabridge.app.migration.MigrationPlan;
import io.otabridge.app.migration.MigrationPlan.Action;
import io.otabridge.app.migration.MigrationPlan.Excluded;
import io.otabridge.app.migration.MigrationPlan.Planned;
import io.otabridge.app.migration.MigrationReport;
import io.otabridge.app.migration.MigrationReport.Comparison;
import io.otabridge.app.migration.MigrationReport.Outcome;
import io.otabridge.app.migration.MigrationReport.Result;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.render.Cell;
import io.otabridge.cli.render.Column;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TextWrapper;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Product;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Locale;

/** Renders plans and reports of migrations. */
record MigrationRenderers(OtaCommand root, Backend to, ProductAliases products) {

    private static final java.util.List<String> COLUMNS = java.util.List.of(
            "status", "id", "product", "target", "module", "version", "copy", "comparison", "verification", "notes");

    // Plans

    String text(MigrationPlan plan) {
        Table table = table("ACTION");
        plan.modules()
                .forEach(module -> table.row(java.util.List.of(
                        Cell.of("create module"),
                        Cell.of(product(plan.to(), Option.some(Product.of(module.product())))),
                        Cell.of(module.name().value()),
                        Cell.of("-"),
                        Cell.of(""))));
        plan.packages()
                .forEach(one -> table.row(cells(
                        one.action() == Action.NONE ? "exists" : code(one.action()),
                        plan.from(),
                        one.source(),
                        one.losses().mkString("; "))));
        plan.excluded().forEach(one -> table.row(cells(code(one.cause()), plan.from(), one.source(), one.reason())));
        boolean isEmpty = plan.packages().isEmpty() && plan.excluded().isEmpty();
        return (isEmpty ? "" : table.fit(width()) + "\n") + wrapped(summary(plan));
    }

    private String summary(MigrationPlan plan) {
        int copies = plan.packages(Action.COPY).size();
        String unknown = plan.filesOfUnknownSize() == 0
                ? ""
                : " and " + ValueFormatter.count(plan.filesOfUnknownSize(), "file") + " of unknown size";
        return ValueFormatter.count(copies, "package") + " to copy"
                + (copies == 0
                        ? ""
                        : " (" + ValueFormatter.count(plan.files(), "file") + ", "
                                + ValueFormatter.exactAndShortSize(plan.bytes()) + unknown + ")")
                + ", " + ValueFormatter.count(plan.modules().size(), "module") + " to create, "
                + plan.packages(Action.VERIFY).size() + " to verify, "
                + plan.packages(Action.NONE).size() + " already on " + plan.to() + ", "
                + plan.excluded().size() + " not copied. A run makes "
                + ValueFormatter.count(plan.calls(), "call") + minimumTime(plan) + "."
                + (copies > 0 && to.capabilities().has(Capability.VERIFICATION) ? " Packages arrive unverified." : "")
                + plan.obstacle()
                        .map(obstacle -> " The plan cannot be executed: " + obstacle + ".")
                        .getOrElse("");
    }

    private static String minimumTime(MigrationPlan plan) {
        return plan.minimumTime()
                .total()
                .map(total -> ", which take at least " + ValueFormatter.duration(total)
                        + " at the rate limits of the accounts (" + plan.from() + ": "
                        + plan.minimumTime()
                                .from()
                                .map(ValueFormatter::duration)
                                .getOrElse("unknown") + ", "
                        + plan.to() + ": "
                        + plan.minimumTime().to().map(ValueFormatter::duration).getOrElse("unknown")
                        + "), without the time to transfer the files")
                .getOrElse("");
    }

    CsvWriter csv(MigrationPlan plan) {
        CsvWriter csv = CsvWriter.of(COLUMNS);
        for (Planned one : plan.packages()) {
            row(
                    csv,
                    code(one.action()),
                    one.source(),
                    one.copy(),
                    "",
                    "",
                    one.losses().mkString("; "));
        }
        excluded(csv, plan.excluded());
        return csv;
    }

    // Reports

    String text(MigrationReport report) {
        Table table = table("RESULT");
        report.results().forEach(one -> table.row(cells(code(one.outcome()), report.from(), one.source(), notes(one))));
        report.excluded()
                .forEach(one -> table.row(cells(code(one.cause()), report.from(), one.source(), one.reason())));
        boolean isEmpty = report.results().isEmpty() && report.excluded().isEmpty();
        return (isEmpty ? "" : table.fit(width()) + "\n") + wrapped(summary(report));
    }

    private static String summary(MigrationReport report) {
        int unverified = report.results().count(Result::needsVerification);
        return report.results(Outcome.COPIED).size() + " copied, "
                + report.results(Outcome.EXISTED).size() + " already on " + report.to() + ", "
                + report.results(Outcome.FAILED).size() + " failed, "
                + report.results(Outcome.NOT_STARTED).size() + " not started, "
                + report.excluded().size() + " not copied. The content of "
                + report.results().count(Result::isVerified) + " is confirmed."
                + (unverified == 0
                        ? ""
                        : " " + ValueFormatter.count(unverified, "package")
                                + " must be verified with the vendor before an upgrade job.");
    }

    private static String notes(Result result) {
        return result.failure()
                .map(failure -> failure.summary())
                .getOrElse(() -> content(result.comparison())
                        + result.losses().map(loss -> "; " + loss).mkString());
    }

    private static String content(Comparison comparison) {
        return switch (comparison) {
            case BYTES -> "same bytes";
            case SHA_256 -> "same SHA-256";
            case MD5 -> "same MD5";
            case NONE -> "not compared";
        };
    }

    CsvWriter csv(MigrationReport report) {
        CsvWriter csv = CsvWriter.of(COLUMNS);
        for (Result one : report.results()) {
            row(
                    csv,
                    code(one.outcome()),
                    one.source(),
                    one.copy(),
                    code(one.comparison()),
                    one.verification().map(state -> state.code()).getOrElse(""),
                    one.failure()
                            .map(failure -> failure.summary())
                            .getOrElse(() -> one.losses().mkString("; ")));
        }
        excluded(csv, report.excluded());
        return csv;
    }

    // Parts

    private static Table table(String first) {
        return Table.of(
                Column.text(first),
                Column.text("PRODUCT"),
                Column.required("TARGET"),
                Column.required("VERSION"),
                Column.optionalText(1, "NOTES"));
    }

    private java.util.List<Cell> cells(String status, String backend, FirmwareSummary source, String notes) {
        return java.util.List.of(
                Cell.of(status.replace('-', ' ')),
                Cell.of(product(backend, source.product())),
                FirmwareTable.targetInList(source.target()),
                Cell.of(source.version().value()),
                Cell.of(notes));
    }

    private String product(String backend, Option<Product> product) {
        return product.map(Product::id)
                .map(id -> products.name(backend, id).getOrElse(id.value()))
                .getOrElse("-");
    }

    private static void excluded(CsvWriter csv, List<Excluded> excluded) {
        excluded.forEach(one -> row(csv, code(one.cause()), one.source(), Option.none(), "", "", one.reason()));
    }

    private static void row(
            CsvWriter csv,
            String status,
            FirmwareSummary source,
            Option<FirmwareId> copy,
            String comparison,
            String verification,
            String notes) {
        csv.row(java.util.List.of(
                status,
                source.id().value(),
                CsvWriter.cell(source.product().map(Product::id)),
                source.target().code(),
                CsvWriter.cell(FirmwareCsv.module(source.target())),
                source.version().value(),
                CsvWriter.cell(copy),
                comparison,
                verification,
                notes));
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private int width() {
        return root.environment().formatter().width();
    }

    private String wrapped(String text) {
        return TextWrapper.wrapLines(TerminalEscaper.of(text), width()) + "\n";
    }
}
