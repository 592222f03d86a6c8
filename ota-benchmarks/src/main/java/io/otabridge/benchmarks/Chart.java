package io.otabridge.benchmarks;

import io.otabridge.benchmarks.Contender.Role;
import io.otabridge.benchmarks.Contender.Vendor;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The results as bars. For one use. */
final class Chart {

    private static final List<Metric> SHOWN = List.of(Metric.BYTES, Metric.CPU, Metric.CALLS_64, Metric.COLD_WALL);

    private static final int WIDTH = 980;
    private static final int PANEL_WIDTH = WIDTH / 2;
    private static final int PANEL_HEIGHT = 322;
    private static final int TOP = 62;
    private static final int HEIGHT = TOP + 2 * PANEL_HEIGHT + 8;
    private static final int LABELS = 176;
    private static final int BARS = 228;
    private static final int ROW = 20;
    private static final int BAR = 14;
    private static final int TICKS = 4;

    private final Results results;
    private final Svg svg = new Svg(
            WIDTH,
            HEIGHT,
            "What a call costs, beside the official SDKs",
            "Bar charts; the tables of the page hold the same figures.");

    Chart(Results results) {
        this.results = results;
    }

    String text() {
        legend();
        for (int i = 0; i < SHOWN.size(); i++) {
            panel(SHOWN.get(i), i % 2 * PANEL_WIDTH, TOP + i / 2 * PANEL_HEIGHT);
        }
        return svg.text();
    }

    private void legend() {
        int x = 20;
        for (Role role : Role.values()) {
            String words = switch (role) {
                case FLOOR -> "bare HTTP client, signed by hand";
                case OURS -> "OTA Bridge";
                case PACED -> "OTA Bridge, keeping to a quota";
                case SDK -> "official SDK";
            };
            svg.add("<rect class=\"%s\" x=\"%d\" y=\"20\" width=\"14\" height=\"14\" rx=\"2\"/>", style(role), x);
            svg.add("<text x=\"%d\" y=\"32\">%s</text>", x + 20, Svg.escaped(words));
            x += 44 + 7 * words.length();
        }
    }

    private void panel(Metric metric, int left, int top) {
        List<Contender> shown = Contender.ALL.stream()
                .filter(contender -> contender.role() != Role.PACED || metric != Metric.COLD_WALL)
                .toList();
        double most = shown.stream()
                .mapToDouble(contender -> results.median(contender, metric).orElse(0) / metric.scale)
                .max()
                .orElse(0);
        double end = Svg.roundAbove(most);
        int bars = left + LABELS;
        int height = (shown.size() + Vendor.values().length) * ROW;
        svg.add(
                "<text class=\"title\" x=\"%d\" y=\"%d\">%s</text>",
                left + 20, top + 14, Svg.escaped(capitalised(metric.words)));
        svg.add(
                "<text class=\"quiet\" x=\"%d\" y=\"%d\">%s</text>",
                left + 20, top + 30, metric.isLessBetter ? "less is better" : "more is better");
        int y = top + 40;
        for (int tick = 0; tick <= TICKS; tick++) {
            int x = bars + BARS * tick / TICKS;
            svg.add("<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", x, y, x, y + height);
            svg.add(
                    "<text class=\"quiet\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">%s</text>",
                    x, y + height + 15, Svg.number(end * tick / TICKS));
        }
        svg.add(
                "<text class=\"quiet\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>",
                bars - 12, y + height + 15, Svg.escaped(metric.unit));
        for (Vendor vendor : Vendor.values()) {
            svg.add("<text class=\"vendor\" x=\"%d\" y=\"%d\">%s</text>", left + 20, y + 15, Svg.escaped(vendor.words));
            y += ROW;
            for (Contender contender : shown) {
                if (contender.vendor() == vendor) {
                    bar(contender, metric, left, y, end);
                    y += ROW;
                }
            }
        }
    }

    private void bar(Contender contender, Metric metric, int left, int y, double end) {
        OptionalDouble value = results.median(contender, metric);
        int bars = left + LABELS;
        double width = value.orElse(0) / metric.scale / end * BARS;
        svg.add(
                "<text text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>",
                bars - 8, y + 14, Svg.escaped(results.words(contender)));
        svg.add(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
                style(contender.role()), bars, y + (ROW - BAR) / 2, width, BAR);
        svg.add("<text x=\"%.1f\" y=\"%d\">%s</text>", bars + width + 5, y + 14, Report.shown(value, metric));
    }

    private static String style(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static String capitalised(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
