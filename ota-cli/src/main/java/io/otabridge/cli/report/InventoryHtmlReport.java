package io.otabridge.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.app.Inventory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders an inventory as one self-contained HTML page. The page sends no requests, and its content security policy allows
 * only its own script and style. The summary needs no script; the script filters and sorts the packages. Text from vendors
 * is untrusted: it is escaped in the summary, embedded as JSON that cannot close its element, and inserted by the script as
 * text.
 */
public final class InventoryHtmlReport {

    /** Identifies a file as an inventory page. */
    static final String MARKER = "<meta name=\"generator\" content=\"OTA Bridge inventory\">";

    private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z-]+)}}");
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private InventoryHtmlReport() {}

    /** Returns the page, which must be written as UTF-8. Ages of packages are relative to {@code now}. */
    public static String html(Inventory inventory, Instant now) {
        String style = resource("inventory.css");
        String script = resource("inventory.js");
        ObjectNode packages = InventoryReportModel.of(inventory, now);
        SummaryHtml summary = new SummaryHtml(inventory);
        Map<String, String> parts = Map.ofEntries(
                Map.entry("marker", MARKER),
                Map.entry("style", style),
                Map.entry("style-hash", hash(style)),
                Map.entry("script", script),
                Map.entry("script-hash", hash(script)),
                Map.entry("written", MINUTE.format(now)),
                Map.entry("failures", summary.failures()),
                Map.entry("figures", summary.figures()),
                Map.entry("notes", summary.notes()),
                Map.entry("nothing", summary.nothing()),
                Map.entry("newest", summary.newest()),
                Map.entry("verification", summary.verification()),
                Map.entry("quota", summary.quota()),
                Map.entry("rows", PlainRows.of(packages)),
                Map.entry("data", insideScript(packages)));
        // One pass over the template, so that a placeholder in a vendor's text is not replaced.
        return SLOT.matcher(resource("inventory.html"))
                .replaceAll(slot ->
                        Matcher.quoteReplacement(Objects.requireNonNull(parts.get(slot.group(1)), slot.group(1))));
    }

    /** Escapes characters that are special in HTML. In JSON they occur only in strings, where an escape means the same. */
    private static String insideScript(ObjectNode data) {
        return data.toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** Returns the hash by which a content security policy allows a script or style. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(InventoryHtmlReport.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
