package io.otabridge.client.error;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Extracts the text of an HTML page in one pass, well-formed or not. It executes and loads nothing. Used by one thread.
 */
final class HtmlText {

    /** More than a redactor reads, so that it can delimiter the text as truncated. */
    private static final int ENOUGH = 20_000;

    private static final Set<String> INVISIBLE = Set.of("script", "style", "template", "noscript", "svg");
    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));");
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

    private final String html;
    private final StringBuilder title = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private int at;
    private boolean isInTitle;

    private HtmlText(String html) {
        this.html = html;
    }

    /** The title and the visible text, separated by a colon; a long text is truncated. */
    static String of(String html) {
        HtmlText page = new HtmlText(html);
        page.read();
        String title = plain(page.title);
        String text = plain(page.text);
        return title.isEmpty() || text.startsWith(title) ? text : text.isEmpty() ? title : title + ": " + text;
    }

    /**
     * The name of the first element, or {@code !doctype html}, in lower case and without a prefix; empty if there is
     * none.
     */
    static String firstElement(String html) {
        int at = html.indexOf('<');
        while (at >= 0 && (html.startsWith("<!--", at) || html.startsWith("<?", at))) {
            int end = html.startsWith("<?", at) ? html.indexOf("?>", at) : html.indexOf("-->", at + 4);
            at = end < 0 ? -1 : html.indexOf('<', end);
        }
        if (at < 0) {
            return "";
        }
        if (html.regionMatches(true, at, "<!doctype html", 0, 14)) {
            return "!doctype html";
        }
        String name = nameAt(html, at + 1);
        return name.substring(name.indexOf(':') + 1);
    }

    private void read() {
        while (at < html.length() && title.length() + text.length() < ENOUGH) {
            int tag = html.indexOf('<', at);
            if (tag < 0) {
                add(html.length());
                return;
            }
            add(tag);
            skipTag();
        }
    }

    private void add(int end) {
        (isInTitle ? title : text).append(html, at, end);
        at = end;
    }

    /** Skips the tag or comment at this position, and the content of an invisible element. */
    private void skipTag() {
        if (html.startsWith("<!--", at)) {
            skipPast("-->", at + 4);
            return;
        }
        boolean isEnd = html.startsWith("</", at);
        String name = nameAt(html, at + (isEnd ? 2 : 1));
        if (name.isEmpty() && !isEnd && !html.startsWith("<!", at) && !html.startsWith("<?", at)) {
            add(at + 1);
            return;
        }
        skipPast(">", at);
        (isInTitle ? title : text).append(' ');
        if (name.equals("title")) {
            isInTitle = !isEnd;
        } else if (!isEnd && INVISIBLE.contains(name)) {
            skipTo("</" + name);
        }
    }

    private void skipPast(String delimiter, int from) {
        int end = html.indexOf(delimiter, from);
        at = end < 0 ? html.length() : end + delimiter.length();
    }

    private void skipTo(String delimiter) {
        while (at < html.length() && !html.regionMatches(true, at, delimiter, 0, delimiter.length())) {
            at++;
        }
    }

    private static String nameAt(String html, int from) {
        int end = from;
        while (end < html.length() && (Character.isLetterOrDigit(html.charAt(end)) || html.charAt(end) == ':')) {
            end++;
        }
        return html.substring(from, end).toLowerCase(Locale.ROOT);
    }

    private static String plain(CharSequence raw) {
        return ENTITY.matcher(raw)
                .replaceAll(entity -> Matcher.quoteReplacement(decoded(entity)))
                .replaceAll("[\\s\u00a0\ufeff]+", " ")
                .strip();
    }

    private static String decoded(MatchResult entity) {
        if (entity.group(3) != null) {
            return NAMED.getOrDefault(entity.group(3), entity.group());
        }
        int code = entity.group(1) != null ? Integer.parseInt(entity.group(1)) : Integer.parseInt(entity.group(2), 16);
        return Character.isValidCodePoint(code) ? Character.toString(code) : entity.group();
    }
}
