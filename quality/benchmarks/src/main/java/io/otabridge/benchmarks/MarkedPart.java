package io.otabridge.benchmarks;

/** The part of a page that is written by a program, between two marks. */
final class MarkedPart {

    static final String BEGIN = "<!-- Written by ota-benchmarks/run, not by hand: begin -->";
    static final String END = "<!-- Written by ota-benchmarks/run, not by hand: end -->";

    private MarkedPart() {}

    /** The page with this text between its marks. */
    static String replace(String page, String text) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page must have the lines \"" + BEGIN + "\" and \"" + END + "\"");
        }
        return page.substring(0, begin) + BEGIN + "\n" + text.strip() + "\n" + page.substring(end);
    }
}
