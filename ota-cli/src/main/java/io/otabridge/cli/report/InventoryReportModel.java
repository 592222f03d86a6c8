package io.otabridge.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.app.BackendInventory;
import io.otabridge.app.Inventory;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.Product;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.firmware.VersionComparator;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The packages on the page of {@link InventoryHtmlReport}: texts to show, and numbers to sort by. */
final class InventoryReportModel {

    private final Inventory inventory;
    private final Instant now;
    private final ProductLabels labels;
    private final Map<FirmwareVersion, Integer> ranks;

    private InventoryReportModel(Inventory inventory, Instant now) {
        this.inventory = inventory;
        this.now = now;
        this.labels = ProductLabels.of(inventory);
        this.ranks = ranks(inventory);
    }

    static ObjectNode of(Inventory inventory, Instant now) {
        return new InventoryReportModel(inventory, now).tree();
    }

    private ObjectNode tree() {
        ObjectNode tree = JsonOutput.object();
        ArrayNode backends = tree.putArray("backends");
        ObjectNode states = tree.putObject("states");
        ArrayNode packages = tree.putArray("packages");
        for (BackendInventory backend : inventory.backends()) {
            backends.add(backend(backend));
            // The script sorts stably, so packages that are equal in the sorted column keep this order: newest version
            // first.
            Comparator<FirmwareSummary> byRank = Comparator.comparing(this::rank);
            for (FirmwareSummary firmware : backend.firmware().sorted(byRank.reversed())) {
                states.put(firmware.verification().code(), state(firmware.verification()));
                packages.add(row(backend, firmware));
            }
        }
        return tree;
    }

    private static ObjectNode backend(BackendInventory backend) {
        return JsonOutput.object()
                .put("name", escaped(backend.backend()))
                .put("vendor", backend.vendor().name())
                .put("failed", backend.failure().isDefined());
    }

    private ObjectNode row(BackendInventory backend, FirmwareSummary firmware) {
        ObjectNode node = JsonOutput.object()
                .put("product", labels.of(backend.backend(), firmware.product()))
                .put(
                        "productId",
                        firmware.product()
                                .map(Product::id)
                                .map(id -> escaped(id.value()))
                                .getOrNull())
                .put("backend", escaped(backend.backend()))
                .put("vendor", backend.vendor().name())
                .put("target", escaped(FirmwareTable.target(firmware.target())))
                .put("version", escaped(firmware.version().value()))
                .put("rank", rank(firmware))
                .put("name", firmware.name().map(InventoryReportModel::escaped).getOrNull())
                .put("kind", escaped(FirmwareTable.kind(firmware.kind())))
                .put("state", firmware.verification().code())
                .put("verification", escaped(FirmwareTable.verification(firmware.verification())))
                .put("bytes", firmware.size().getOrNull())
                .put("size", firmware.size().map(ValueFormatter::shortSize).getOrNull())
                .put("id", escaped(firmware.id().value()));
        return created(node, firmware.created());
    }

    /** Adds the day, the exact time, the seconds to sort by and the age. An unreadable time is shown as the vendor sent it. */
    private ObjectNode created(ObjectNode node, Option<VendorTimestamp> created) {
        Option<Instant> at = created.flatMap(VendorTimestamp::instant);
        String exact = at.map(Instant::toString)
                .getOrElse(() -> created.map(time -> escaped(time.text()) + " (as sent by the vendor)")
                        .getOrElse(""));
        return node.put(
                        "created",
                        at.map(InventoryReportModel::day)
                                .orElse(created.map(time -> escaped(time.text())))
                                .getOrNull())
                .put("exactly", exact)
                .put(
                        "seconds",
                        at.map(instant -> instant.getEpochSecond() + instant.getNano() / 1e9)
                                .getOrNull())
                .put("age", at.map(this::age).getOrNull());
    }

    private static String day(Instant instant) {
        String text = instant.toString();
        return text.substring(0, text.indexOf('T'));
    }

    private String age(Instant created) {
        Duration age = Duration.between(created, now);
        return age.isNegative() ? "in " + ValueFormatter.duration(age.negated()) : ValueFormatter.duration(age);
    }

    /** Returns the label of a state without details such as the percentage, which differ between packages. */
    private static String state(Verification verification) {
        if (verification instanceof Verification.Unknown) {
            return "unknown";
        }
        return FirmwareTable.verification(
                verification instanceof Verification.Verifying ? Verification.verifying() : verification);
    }

    private int rank(FirmwareSummary firmware) {
        return ranks.getOrDefault(firmware.version(), 0);
    }

    /** Ranks versions by their order. Equal versions have the same rank. */
    private static Map<FirmwareVersion, Integer> ranks(Inventory inventory) {
        List<FirmwareVersion> versions = inventory
                .backends()
                .flatMap(BackendInventory::firmware)
                .map(FirmwareSummary::version)
                .distinct()
                .sorted(VersionComparator.FOR_LISTS);
        Map<FirmwareVersion, Integer> ranks = new HashMap<>();
        int rank = 0;
        FirmwareVersion previous = versions.headOption().getOrNull();
        for (FirmwareVersion version : versions) {
            rank += VersionComparator.FOR_LISTS.compare(previous, version) == 0 ? 0 : 1;
            ranks.put(version, rank);
            previous = version;
        }
        return ranks;
    }

    /** Escapes untrusted text, except its line breaks. */
    static String escaped(String text) {
        return text.lines().map(TerminalEscaper::of).collect(Collectors.joining("\n"));
    }
}
