package io.otabridge.benchmarks;

import io.otabridge.benchmarks.Contender.Role;
import io.otabridge.benchmarks.Contender.Vendor;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The results as a drawing that follows the reader's light or dark theme and runs no script. */
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

    private static final String STYLE = """
            text { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
            .card { fill: #ffffff }
            .title { font-weight: 600; font-size: 14px }
            .vendor { font-weight: 600 }
            .quiet { fill: #59636e; font-size: 11px }
            .grid { stroke: #d1d9e0 }
            .floor { fill: #818b98 }
            .ours { fill: #0969da }
            .paced { fill: #54aeff }
            .sdk { fill: #bc4c00 }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc }
              .card { fill: #0d1117 }
              .quiet { fill: #9198a1 }
              .grid { stroke: #3d444d }
              .floor { fill: #9198a1 }
              .ours { fill: #4493f8 }
              .paced { fill: #1f6feb }
              .sdk { fill: #f0883e }
            }
            """;

    private final Results results;
    private final StringBuilder svg = new StringBuilder();

    Chart(Results results) {
        this.results = results;
    }

    String text() {
        svg.setLength(0);
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\" width=\"%d\""
                        + " height=\"%d\" viewBox=\"0 0 %d %d\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT);
        add("<title id=\"title\">What a call costs, beside the official SDKs</title>");
        add("<desc id=\"desc\">Bar charts; the tables of the page hold the same figures.</desc>");
        add("<style>\n%s</style>", STYLE);
        add("<rect class=\"card\" width=\"%d\" height=\"%d\" rx=\"6\"/>", WIDTH, HEIGHT);
        legend();
        for (int i = 0; i < SHOWN.size(); i++) {
            panel(SHOWN.get(i), i % 2 * PANEL_WIDTH, TOP + i / 2 * PANEL_HEIGHT);
        }
        add("</svg>");
        return svg.toString();
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
            add("<rect class=\"%s\" x=\"%d\" y=\"20\" width=\"14\" height=\"14\" rx=\"2\"/>", style(role), x);
            add("<text x=\"%d\" y=\"32\">%s</text>", x + 20, escaped(words));
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
        double end = roundAbove(most);
        int bars = left + LABELS;
        int height = (shown.size() + Vendor.values().length) * ROW;
        add(
                "<text class=\"title\" x=\"%d\" y=\"%d\">%s</text>",
                left + 20, top + 14, escaped(capitalised(metric.words)));
        add(
                "<text class=\"quiet\" x=\"%d\" y=\"%d\">%s</text>",
                left + 20, top + 30, metric.isLessBetter ? "less is better" : "more is better");
        int y = top + 40;
        for (int tick = 0; tick <= TICKS; tick++) {
            int x = bars + BARS * tick / TICKS;
            add("<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", x, y, x, y + height);
            add(
                    "<text class=\"quiet\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">%s</text>",
                    x, y + height + 15, number(end * tick / TICKS));
        }
        add(
                "<text class=\"quiet\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>",
                bars - 12, y + height + 15, escaped(metric.unit));
        for (Vendor vendor : Vendor.values()) {
            add("<text class=\"vendor\" x=\"%d\" y=\"%d\">%s</text>", left + 20, y + 15, escaped(vendor.words));
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
        add(
                "<text text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>",
                bars - 8, y + 14, escaped(results.words(contender)));
        add(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
                style(contender.role()), bars, y + (ROW - BAR) / 2, width, BAR);
        add("<text x=\"%.1f\" y=\"%d\">%s</text>", bars + width + 5, y + 14, Report.shown(value, metric));
    }

    /** The next number above that divides well by the ticks; 1 for nothing. */
    static double roundAbove(double most) {
        if (!(most > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double step : new double[] {1, 2, 4, 6, 8}) {
            if (most <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }

    private static String style(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static String capitalised(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
