package io.otabridge.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.app.migration.MigrationPlan.Excluded;
import io.otabridge.app.migration.MigrationReport;
import io.otabridge.app.migration.MigrationReport.Result;
import io.otabridge.cli.file.OutputFile;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.domain.Product;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The report of a migration as one self-contained HTML page without a script. It replaces only another page of this kind.
 * Text from vendors is untrusted and escaped.
 */
public record MigrationHtmlReport(Path path) {

    private static final String MARKER = "<meta name=\"generator\" content=\"OTA Bridge migration\">";
    private static final int MARKER_LIMIT = 512;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Checks that the page may be written.
     *
     * @throws io.otabridge.cli.error.CliException if the path is a directory, or a file that is not a page of this kind
     */
    public void requireReplaceable() {
        file().requireWritable(
                        isPage(),
                        "exists and is not a migration report",
                        "Name another file, or remove this one first");
    }

    private boolean isPage() {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(MARKER_LIMIT), UTF_8).contains(MARKER);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private OutputFile file() {
        return new OutputFile(path, "page", false);
    }

    /**
     * Writes the page.
     *
     * @throws io.otabridge.cli.error.CliException if the page cannot be written; an existing page is not changed
     */
    public void write(MigrationReport report, Instant now) {
        requireReplaceable();
        file().write(html(report, now));
    }

    static String html(MigrationReport report, Instant now) {
        String title = "Migration from " + Html.text(report.from()) + " to " + Html.text(report.to());
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n" + MARKER
                + "\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                + " 'unsafe-inline'\">\n<title>" + title + "</title>\n<style>body{font:15px/1.5 system-ui,sans-serif;"
                + "margin:2rem;color:#1b1f24;background:#fff}table{border-collapse:collapse;width:100%}th,td{text-align:"
                + "left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #d8dee4}code{font-size:85%;"
                + "overflow-wrap:anywhere}.failed,.not-started{background:#ffebe9}</style></head>\n<body><h1>" + title
                + "</h1>\n<p>Written " + MINUTE.format(now) + ". " + summary(report) + "</p>\n"
                + results(report) + excluded(report) + "</body></html>\n";
    }

    private static String summary(MigrationReport report) {
        return ValueFormatter.count(report.results().size(), "package") + ", the content of "
                + report.results().count(Result::isVerified) + " is confirmed, "
                + report.results().count(one -> one.failure().isDefined()) + " failed, "
                + report.results().count(Result::needsVerification)
                + " must be verified with the vendor before an upgrade job, "
                + report.excluded().size() + " were not copied.";
    }

    private static String results(MigrationReport report) {
        return "<table><thead><tr><th>Result<th>Product<th>Target<th>Version<th>Id on "
                + Html.text(report.from()) + "<th>Id on " + Html.text(report.to())
                + "<th>Compared<th>Verification<th>SHA-256<th>Notes</thead>\n<tbody>"
                + report.results().map(MigrationHtmlReport::row).mkString("\n") + "</tbody></table>\n";
    }

    private static String row(Result result) {
        return "<tr class=\"" + code(result.outcome()) + "\">"
                + cell(code(result.outcome()).replace('-', ' '))
                + source(result.source())
                + cell(result.source().id().value())
                + cell(result.copy().map(FirmwareId::value).getOrElse(""))
                + cell(code(result.comparison()))
                + cell(result.verification()
                        .map(state -> state.code().replace('-', ' '))
                        .getOrElse(""))
                + "<td><code>"
                + Html.text(result.files()
                        .flatMap(file -> file.checksums())
                        .filter(digest -> digest.algorithm().contains(Checksum.SHA256))
                        .map(Checksum::value)
                        .mkString(" "))
                + "</code></td>"
                + cell(result.failure()
                        .map(failure -> failure.summary() + ". " + failure.advice())
                        .getOrElse(() -> result.losses().mkString("; ")))
                + "</tr>";
    }

    private static String excluded(MigrationReport report) {
        return report.excluded().isEmpty()
                ? ""
                : "<h2>Not copied</h2>\n<table><thead><tr><th>Cause<th>Product<th>Target<th>Version<th>Id<th>Reason"
                        + "</thead>\n<tbody>"
                        + report.excluded()
                                .map((Excluded one) -> "<tr>"
                                        + cell(code(one.cause()).replace('-', ' '))
                                        + source(one.source())
                                        + cell(one.source().id().value())
                                        + cell(one.reason()) + "</tr>")
                                .mkString("\n")
                        + "</tbody></table>\n";
    }

    private static String source(FirmwareSummary source) {
        Option<String> module = source.target() instanceof FirmwareTarget.Module named
                ? Option.some(named.name().value())
                : Option.none();
        return cell(source.product().map(Product::id).map(Object::toString).getOrElse(""))
                + cell(module.getOrElse(() -> source.target().code().replace('-', ' ')))
                + cell(source.version().value());
    }

    private static String cell(String text) {
        return "<td>" + Html.text(text) + "</td>";
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
