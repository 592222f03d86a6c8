package io.otabridge.benchmarks;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** Figures as lines, a panel for each. For one use. */
final class LineChart {

    private static final int WIDTH = 980;
    private static final int PANEL_WIDTH = WIDTH / 2;
    private static final int PANEL_HEIGHT = 248;
    private static final int LEFT = 74;
    private static final int RIGHT = 24;
    private static final int TOP = 56;
    private static final int PLOT = 140;
    private static final int TICKS = 4;
    private static final List<String> STYLES = List.of("first", "second", "third");

    /**
     * One drawing.
     *
     * @param title what is drawn
     * @param size what grows
     * @param column of the figures
     * @param isSteep whether it spans so much that each line of the grid is ten times the one below
     */
    record Panel(String title, String size, Figures figures, String column, boolean isSteep) {}

    private final List<Panel> panels;
    private final Svg svg;

    LineChart(List<Panel> panels) {
        this.panels = panels.stream().filter(panel -> !panel.figures.isEmpty()).toList();
        this.svg = new Svg(
                WIDTH,
                8 + PANEL_HEIGHT * ((this.panels.size() + 1) / 2),
                "How cost grows",
                "Line charts; the tables of the page hold the same figures.");
    }

    String text() {
        for (int i = 0; i < panels.size(); i++) {
            draw(panels.get(i), i % 2 * PANEL_WIDTH, i / 2 * PANEL_HEIGHT + 6);
        }
        return svg.text();
    }

    private void draw(Panel panel, int left, int top) {
        svg.words("class=\"title\"", left + 20, top + 20, panel.title);
        legend(panel, left + 20, top + 38);
        Axis axis = axis(panel);
        List<Double> sizes = List.copyOf(panel.figures.sizes());
        for (int tick = 0; tick <= axis.ticks; tick++) {
            double y = top + TOP + PLOT - PLOT * (double) tick / axis.ticks;
            svg.add(
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
                    left + LEFT, y, left + PANEL_WIDTH - RIGHT, y);
            svg.words(
                    "class=\"quiet\" text-anchor=\"end\"",
                    left + LEFT - 6,
                    y + 4,
                    small(axis.value((double) tick / axis.ticks)));
        }
        for (int i = 0; i < sizes.size(); i++) {
            svg.words(
                    "class=\"quiet\" text-anchor=\"middle\"",
                    x(left, sizes.get(i), sizes),
                    top + TOP + PLOT + 16,
                    small(sizes.get(i)));
        }
        svg.words(
                "class=\"quiet\" text-anchor=\"middle\"",
                left + (LEFT + PANEL_WIDTH - RIGHT) / 2.0,
                top + TOP + PLOT + 32,
                panel.size);
        int number = 0;
        for (String series : panel.figures.series()) {
            line(panel, series, STYLES.get(number++ % STYLES.size()), axis, left, top + TOP);
        }
    }

    private void legend(Panel panel, int left, int y) {
        int x = left;
        int number = 0;
        for (String series : panel.figures.series()) {
            svg.add(
                    "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"4\"/>",
                    STYLES.get(number++ % STYLES.size()), x + 4, y - 4);
            svg.words("class=\"quiet\"", x + 13, y, series);
            x += 34 + 6 * series.length();
        }
    }

    private void line(Panel panel, String series, String style, Axis axis, int left, int top) {
        List<Double> sizes = List.copyOf(panel.figures.sizes());
        StringBuilder points = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (int i = 0; i < sizes.size(); i++) {
            double value = panel.figures.value(series, sizes.get(i), panel.column);
            if (!Double.isNaN(value)) {
                double x = x(left, sizes.get(i), sizes);
                double y = top + PLOT - PLOT * axis.share(value);
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
                dots.append(String.format(
                        Locale.ROOT, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", style, x, y));
            }
        }
        svg.add(
                "<polyline class=\"%s\" points=\"%s\"/>%s",
                style, points.toString().strip(), dots);
    }

    /** Twice as much is as far on everywhere. */
    private static double x(int left, double size, List<Double> sizes) {
        double first = sizes.get(0);
        double last = sizes.get(sizes.size() - 1);
        double share = first == last ? 0.5 : Math.log(size / first) / Math.log(last / first);
        return left + LEFT + 14 + (PANEL_WIDTH - LEFT - RIGHT - 28) * share;
    }

    private static Axis axis(Panel panel) {
        DoubleSummaryStatistics values = panel.figures.series().stream()
                .flatMapToDouble(series -> panel.figures.sizes().stream()
                        .mapToDouble(size -> panel.figures.value(series, size, panel.column)))
                .filter(value -> !Double.isNaN(value))
                .summaryStatistics();
        if (!panel.isSteep || !(values.getMin() > 0)) {
            return new Axis(Svg.roundAbove(values.getMax()), TICKS, false);
        }
        double end = Math.ceil(Math.log10(values.getMax()));
        int powers = (int) (end - Math.floor(Math.log10(values.getMin())));
        return new Axis(Math.pow(10, end), Math.max(1, powers), true);
    }

    /** From nothing to the end, or, if it is steep, from so many powers of ten below it. */
    private record Axis(double end, int ticks, boolean isSteep) {

        double share(double value) {
            return isSteep ? 1 + Math.log10(value / end) / ticks : value / end;
        }

        double value(double share) {
            return isSteep ? end * Math.pow(10, ticks * (share - 1)) : end * share;
        }
    }

    private static String small(double value) {
        if (value >= 1_000_000) {
            return Svg.number(value / 1_000_000) + "M";
        }
        if (value >= 10_000) {
            return Svg.number(value / 1000) + "k";
        }
        return value > 0 && value < 0.01 ? String.format(Locale.ROOT, "%.3f", value) : Svg.number(value);
    }
}
