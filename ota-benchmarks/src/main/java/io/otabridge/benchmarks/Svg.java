package io.otabridge.benchmarks;

import java.util.Locale;

/** A drawing that follows the reader's light or dark theme and runs no script. */
final class Svg {

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
            polyline { fill: none; stroke-width: 2 }
            polyline.first { stroke: #0969da }
            polyline.second { stroke: #bc4c00 }
            polyline.third { stroke: #818b98 }
            circle.first { fill: #0969da }
            circle.second { fill: #bc4c00 }
            circle.third { fill: #818b98 }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc }
              .card { fill: #0d1117 }
              .quiet { fill: #9198a1 }
              .grid { stroke: #3d444d }
              .floor { fill: #9198a1 }
              .ours { fill: #4493f8 }
              .paced { fill: #1f6feb }
              .sdk { fill: #f0883e }
              polyline.first { stroke: #4493f8 }
              polyline.second { stroke: #f0883e }
              polyline.third { stroke: #9198a1 }
              circle.first { fill: #4493f8 }
              circle.second { fill: #f0883e }
              circle.third { fill: #9198a1 }
            }
            """;

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height, String title, String description) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\" width=\"%d\""
                        + " height=\"%d\" viewBox=\"0 0 %d %d\">",
                width, height, width, height);
        add("<title id=\"title\">%s</title>", escaped(title));
        add("<desc id=\"desc\">%s</desc>", escaped(description));
        add("<style>\n%s</style>", STYLE);
        add("<rect class=\"card\" width=\"%d\" height=\"%d\" rx=\"6\"/>", width, height);
    }

    /** Adds an element. */
    void add(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    /** Adds words at a place; the style and anchor as attributes. */
    void words(String attributes, double x, double y, String words) {
        add(
                "<text %sx=\"%.1f\" y=\"%.1f\">%s</text>",
                attributes.isEmpty() ? "" : attributes + " ", x, y, escaped(words));
    }

    String text() {
        return text + "</svg>\n";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The next number above that divides well by four; 1 for nothing. */
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

    /** A number on an axis. */
    static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}
