package io.otabridge.cli.report;

import io.otabridge.app.BackendInventory;
import io.otabridge.app.Inventory;
import io.otabridge.cli.error.ErrorPrinter;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.PackageLimit;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.VersionComparator;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.util.Locale;

/**
 * The parts of the page of {@link InventoryHtmlReport} that need no script: failures, figures, notes, the newest versions,
 * unverified packages and used quota.
 */
final class SummaryHtml {

    /** The most names that a note lists, and the most versions that a cell or line lists. */
    private static final int NAMES = 5;

    private static final int VERSIONS = 3;

    /** The most rows of a table, or lines of a list, that are visible without a click. */
    private static final int ROWS = 20;

    private static final int LINES = 8;

    /** With more backends, the rows of the matrix are shown as cards. */
    private static final int COLUMNS = 5;

    private final Inventory inventory;
    private final ProductLabels labels;
    private final List<NewestVersions.Row> rows;
    private final List<BackendInventory> failed;

    SummaryHtml(Inventory inventory) {
        this.inventory = inventory;
        this.labels = ProductLabels.of(inventory);
        this.rows = NewestVersions.of(inventory, labels);
        this.failed = inventory.backends().filter(backend -> backend.failure().isDefined());
    }

    /** Returns a section for each backend that failed. */
    String failures() {
        return failed.map(backend -> {
                    int packages = backend.firmware().size();
                    String extent = packages == 0
                            ? "none of its packages are listed"
                            : count(packages, "package is", "packages are") + " listed, there may be more";
                    OtaFailure failure = backend.failure().get();
                    return "<div><h2>Backend " + name(backend) + " failed: " + extent + "</h2><dl>"
                            + fact("What happened", failure.summary())
                            + fact("Why", ErrorPrinter.reason(failure))
                            + fact("What to do", ErrorPrinter.advice(failure)) + "</dl></div>\n";
                })
                .mkString();
    }

    private static String fact(String term, String text) {
        return text.isEmpty() ? "" : "<dt>" + term + "</dt><dd>" + Html.text(text) + "</dd>";
    }

    /** Returns the numbers of packages, products and so on. */
    String figures() {
        List<FirmwareSummary> all = inventory.backends().flatMap(BackendInventory::firmware);
        int products = inventory
                .backends()
                .flatMap(backend -> backend.firmware()
                        .filter(one -> one.product().isDefined())
                        .map(one -> labels.of(backend.backend(), one.product())))
                .distinct()
                .size();
        int unverified = inventory.backends().flatMap(SummaryHtml::unverified).size();
        int different = differing();
        return figure(all.size(), "package", "packages", failed.isEmpty() ? "" : ", at least", "")
                + figure(products, "product", "products", "", "")
                + figure(inventory.backends().size(), "backend", "backends", "", "")
                + figure(failed.size(), "failed", "failed", "", "bad")
                + figure(different, "newest version differs", "newest versions differ", "", "wait")
                + figure(unverified, "not verified", "not verified", "", "wait");
    }

    private static String figure(int value, String one, String many, String more, String style) {
        return "<div" + (value == 0 || style.isEmpty() ? "" : " class=\"" + style + "\"") + "><dt>"
                + (value == 1 ? one : many) + more + "</dt><dd>" + number(value) + "</dd></div>\n";
    }

    private int differing() {
        return rows.count(row -> row.comparison() == NewestVersions.Comparison.DIFFERENT);
    }

    /** Returns notes about skipped backends and products of the same name. */
    String notes() {
        StringBuilder notes = new StringBuilder();
        List<String> skipped = inventory.skipped();
        if (skipped.nonEmpty()) {
            notes.append("<p>Skipped: ")
                    .append(skipped.size() == 1 ? "backend " : "backends ")
                    .append(listed(skipped, "and"))
                    .append(". The configuration has no id of the requested product for ")
                    .append(skipped.size() == 1 ? "it" : "them")
                    .append(".</p>\n");
        }
        List<ProductLabels.DuplicateName> duplicates = labels.duplicateNames();
        if (duplicates.nonEmpty()) {
            List<String> names = duplicates.map(ProductLabels.DuplicateName::name);
            List<String> some =
                    names.size() <= NAMES ? names : names.take(NAMES).append(number(names.size() - NAMES) + " more");
            notes.append("<details")
                    .append(names.size() <= 2 ? " open" : "")
                    .append("><summary>Several backends have a product named ")
                    .append(listed(some, "or"))
                    .append(", each with a different id. They are counted as separate products. If they are the same"
                            + " product, give them a common name in the configuration:</summary><pre>")
                    .append(Html.text(ProductsYamlWriter.of(duplicates)))
                    .append("</pre></details>\n");
        }
        return notes.toString();
    }

    private static String listed(List<String> names, String last) {
        List<String> escaped = names.map(Html::text);
        return escaped.size() < 2
                ? escaped.mkString()
                : escaped.init().mkString(", ") + " " + last + " " + escaped.last();
    }

    /** Returns why there is no list of packages; empty if there is one. */
    String nothing() {
        if (inventory.backends().exists(backend -> backend.firmware().nonEmpty())) {
            return "";
        }
        String reason;
        if (inventory.backends().isEmpty()) {
            reason = "No backend was queried.";
        } else if (failed.size() == inventory.backends().size()) {
            reason = "All backends failed.";
        } else if (failed.nonEmpty()) {
            reason = "The backends that did not fail have no firmware packages.";
        } else {
            reason = "No backend has firmware packages.";
        }
        return "<p id=\"nothing\" class=\"notice\">" + reason + "</p>\n";
    }

    /** Returns the newest version of each product and target on each backend, the differences first. */
    String newest() {
        if (rows.isEmpty()) {
            return "";
        }
        int compared = rows.count(row -> row.comparison() != NewestVersions.Comparison.SINGLE);
        StringBuilder html = new StringBuilder("<section id=\"newest\" aria-labelledby=\"newest-title\">\n"
                + "<h2 id=\"newest-title\">Newest versions</h2>\n<p>");
        if (compared > 0) {
            html.append("On several backends: ")
                    .append(count(compared, "product and module", "products and modules"))
                    .append(". Newest version different: ")
                    .append(number(differing()))
                    .append(". The content of packages is not compared; <code>ota diff</code> compares it. ");
        } else if (inventory.backends().size() > 1) {
            html.append("No product is on several backends. The section “products” of the configuration states which"
                    + " ids are the same product. ");
        }
        if (inventory.isFiltered()) {
            html.append("Only the requested packages were compared.");
        }
        html.append("</p>\n");
        for (NewestVersions.Comparison comparison : NewestVersions.Comparison.values()) {
            List<NewestVersions.Row> group = rows.filter(row -> row.comparison() == comparison);
            if (group.nonEmpty()) {
                html.append(group(comparison, group));
            }
        }
        return html.append("</section>\n").toString();
    }

    private String group(NewestVersions.Comparison comparison, List<NewestVersions.Row> group) {
        List<NewestVersions.Row> more = group.drop(ROWS);
        return "<details open class=\"" + comparison.name().toLowerCase(Locale.ROOT) + "\"><summary>" + comparison.title
                + " <small>" + number(group.size()) + "</small></summary>\n" + table(group.take(ROWS))
                + (more.isEmpty()
                        ? ""
                        : "<details class=\"more\"><summary>" + number(more.size()) + " more</summary>\n" + table(more)
                                + "</details>\n")
                + "</details>\n";
    }

    private String table(List<NewestVersions.Row> some) {
        return "<table class=\"matrix" + (inventory.backends().size() > COLUMNS ? " cards" : "")
                + "\"><thead><tr><th scope=\"col\">Product</th><th scope=\"col\">Target</th>"
                + inventory
                        .backends()
                        .map(backend -> "<th scope=\"col\">" + Html.text(backend.backend()) + vendor(backend)
                                + (backend.failure().isDefined() ? " " + badge("bad", "failed") : "") + "</th>")
                        .mkString()
                + "</tr></thead><tbody>\n" + some.map(SummaryHtml::row).mkString() + "</tbody></table>\n";
    }

    private static String row(NewestVersions.Row row) {
        return "<tr><th scope=\"row\">" + Html.text(row.product()) + "</th><td class=\"target\">"
                + Html.text(row.target()) + "</td>"
                + row.cells().map(SummaryHtml::cell).mkString() + "</tr>\n";
    }

    private static String cell(NewestVersions.Cell cell) {
        String style = cell.state() == NewestVersions.State.OLDER || cell.state() == NewestVersions.State.MISSING
                ? " class=\"behind\""
                : cell.state() == NewestVersions.State.NO_PRODUCT ? " class=\"none\"" : "";
        return "<td" + style + " data-backend=\"" + Html.text(cell.backend().backend()) + "\">" + content(cell)
                + "</td>";
    }

    private static String content(NewestVersions.Cell cell) {
        boolean isFailed = cell.backend().failure().isDefined();
        if (cell.state() == NewestVersions.State.MISSING) {
            return badge("bad", "no package");
        }
        if (cell.newest().isEmpty()) {
            return cell.state() == NewestVersions.State.NO_PRODUCT
                    ? "<span class=\"absent\">–</span>"
                    : "<span class=\"absent\">not known</span>";
        }
        int more = cell.newest().size() - VERSIONS;
        return cell.newest().take(VERSIONS).map(one -> version(one, cell)).mkString()
                + (more > 0 ? "<div><small>and " + number(more) + " more</small></div>" : "")
                + (cell.newest().size() > 1 ? "<div><small>not comparable</small></div>" : "")
                + (cell.state() == NewestVersions.State.OLDER ? " " + badge("bad", "older") : "")
                + (isFailed ? " " + badge("wait", "incomplete list") : "");
    }

    private static String version(FirmwareSummary firmware, NewestVersions.Cell cell) {
        boolean isShown = cell.backend().capabilities().has(Capability.VERIFICATION);
        return "<div><b>" + Html.text(firmware.version().value()) + "</b>"
                + (isShown ? " " + verification(firmware) : "") + "</div>";
    }

    private static String verification(FirmwareSummary firmware) {
        String style = switch (firmware.verification().code()) {
            case "verified" -> "good";
            case "failed" -> "bad";
            case "unverified" -> "wait";
            case "verifying" -> "busy";
            default -> "";
        };
        return badge(style, FirmwareTable.verification(firmware.verification()));
    }

    private static String badge(String style, String text) {
        return "<span class=\"badge " + style + "\">" + Html.text(text) + "</span>";
    }

    /** Returns which packages may not be rolled out because of their verification. */
    String verification() {
        return inventory.backends().isEmpty()
                ? ""
                : "<section id=\"verification\" class=\"panel\"><h2>Not verified</h2>\n"
                        + inventory
                                .backends()
                                .map(backend -> "<h3>" + name(backend) + "</h3>\n" + verification(backend))
                                .mkString()
                        + "</section>\n";
    }

    private String verification(BackendInventory backend) {
        if (!backend.capabilities().has(Capability.VERIFICATION)) {
            return "<p>Not applicable: "
                    + Html.text(backend.capabilities()
                            .alternative(Capability.VERIFICATION)
                            .getOrElse("the vendor has no verification"))
                    + ".</p>\n";
        }
        if (backend.firmware().isEmpty()) {
            return backend.failure().isDefined()
                    ? "<p>Not known, because the backend failed.</p>\n"
                    : "<p>No packages.</p>\n";
        }
        List<FirmwareSummary> unverified = unverified(backend);
        if (unverified.isEmpty()) {
            return "<p>None: all listed packages are verified or need no verification.</p>\n";
        }
        List<String> lines = List.ofAll(unverified
                        .groupBy(one -> List.of(
                                labels.of(backend.backend(), one.product()),
                                FirmwareTable.target(one.target()),
                                one.verification().code()))
                        .toList())
                .sortBy(group -> group._1().mkString("\n").toLowerCase(Locale.ROOT))
                .map(group -> line(group._1(), group._2()));
        List<String> hidden = lines.drop(LINES);
        return "<p>" + number(unverified.size()) + " of "
                + count(backend.firmware().size(), "package", "packages")
                + ".</p>\n<ul>" + lines.take(LINES).mkString() + "</ul>\n"
                + (hidden.isEmpty()
                        ? ""
                        : "<details><summary>" + count(hidden.size(), "more line", "more lines") + "</summary><ul>"
                                + hidden.mkString() + "</ul></details>\n");
    }

    private static String line(List<String> group, List<FirmwareSummary> packages) {
        List<FirmwareSummary> newestFirst =
                packages.sorted((a, b) -> VersionComparator.FOR_LISTS.compare(b.version(), a.version()));
        List<FirmwareVersion> versions =
                newestFirst.map(FirmwareSummary::version).distinct();
        int more = versions.size() - VERSIONS;
        return "<li>" + Html.text(group.get(0)) + ", " + Html.text(group.get(1)) + ": <b>"
                + versions.take(VERSIONS)
                        .map(version -> Html.text(version.value()))
                        .mkString("</b>, <b>") + "</b>"
                + (more > 0 ? " and " + number(more) + " more" : "") + " " + verification(newestFirst.head())
                + "</li>\n";
    }

    private static List<FirmwareSummary> unverified(BackendInventory backend) {
        return backend.capabilities().has(Capability.VERIFICATION)
                ? backend.firmware().reject(one -> one.verification().permitsRollout())
                : List.empty();
    }

    /** Returns how many of the packages that each vendor stores at most are used. */
    String quota() {
        return inventory.backends().isEmpty()
                ? ""
                : "<section id=\"quota\" class=\"panel\"><h2>Quota used</h2>\n"
                        + (inventory.isFiltered()
                                ? "<p>Not known, because only some of the packages were requested.</p>\n"
                                : inventory
                                        .backends()
                                        .map(backend -> "<h3>" + name(backend) + "</h3>\n" + quota(backend))
                                        .mkString())
                        + "</section>\n";
    }

    private static String quota(BackendInventory backend) {
        Option<PackageLimit> limit = backend.capabilities().packageLimit();
        int packages = backend.firmware().size();
        if (limit.isEmpty()) {
            return "<p>" + atLeast(backend) + count(packages, "package", "packages")
                    + ". The limit is not known.</p>\n";
        }
        if (packages == 0 && backend.failure().isDefined()) {
            return "<p>Not known, because the backend failed.</p>\n";
        }
        if (limit.get().scope() == PackageLimit.Scope.ACCOUNT) {
            return quota(backend, packages, limit.get(), "in the account");
        }
        Map<Option<String>, List<FirmwareSummary>> spaces = backend.firmware().isEmpty()
                ? LinkedHashMap.of(Option.none(), List.empty())
                : backend.firmware().groupBy(FirmwareSummary::resourceSpace);
        return spaces.toList()
                .sortBy(space -> space._1().getOrElse(""))
                .map((Tuple2<Option<String>, List<FirmwareSummary>> space) -> quota(
                        backend,
                        space._2().size(),
                        limit.get(),
                        space._1()
                                .map(id -> "in resource space " + Html.text(id))
                                .getOrElse("in the resource space")))
                .mkString();
    }

    private static String quota(BackendInventory backend, int used, PackageLimit limit, String where) {
        String style = used >= limit.packages() ? "full" : used * 10 >= limit.packages() * 9 ? "high" : "";
        return "<p class=\"quota " + style + "\">" + atLeast(backend) + "<b>" + number(used) + "</b> of "
                + count(limit.packages(), "package", "packages") + " " + where
                + "<svg role=\"img\" aria-label=\"" + Math.min(100, used * 100L / limit.packages())
                + " percent\" viewBox=\"0 0 " + limit.packages()
                + " 1\" preserveAspectRatio=\"none\"><rect width=\"" + Math.min(used, limit.packages())
                + "\" height=\"1\"/></svg></p>\n";
    }

    private static String atLeast(BackendInventory backend) {
        return backend.failure().isDefined() ? "At least " : "";
    }

    /** Returns the name of a backend, and its vendor in brackets. */
    private static String name(BackendInventory backend) {
        return Html.text(backend.backend()) + (namesVendor(backend) ? "" : " (" + backend.vendor() + ")");
    }

    /** Returns the vendor in small letters, for a heading. */
    private static String vendor(BackendInventory backend) {
        return namesVendor(backend) ? "" : " <small>" + backend.vendor() + "</small>";
    }

    /** Returns whether the name of a backend contains its vendor. */
    private static boolean namesVendor(BackendInventory backend) {
        return backend.backend()
                .toLowerCase(Locale.ROOT)
                .contains(backend.vendor().name().toLowerCase(Locale.ROOT));
    }

    private static String count(int n, String one, String many) {
        return number(n) + " " + (n == 1 ? one : many);
    }

    private static String number(int n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
