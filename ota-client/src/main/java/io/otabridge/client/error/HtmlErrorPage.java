package io.otabridge.client.error;

import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.vavr.control.Option;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * A page for people in place of a response of an API.
 *
 * @param kind what it is, for people
 * @param words its title and the beginning of its visible text, as they came: only a {@link Redactor} may look at them
 */
record HtmlErrorPage(String kind, String words) {

    private static final String PAGE = "a web page";
    private static final String TEXT = "plain text";

    /** Elements with which a page begins, and no XML of a vendor does. */
    private static final Set<String> OF_PAGES =
            Set.of("html", "head", "body", "title", "meta", "script", "style", "!doctype html");

    /** Elements with which some pages begin that are not whole. */
    private static final Set<String> OF_PARTS =
            Set.of("a", "b", "br", "center", "div", "font", "h1", "h2", "h3", "hr", "img", "link", "p", "pre", "span");

    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;

    /** The page that this is, or the text of a refusal that no vendor words like this; absent if it may be a vendor's response. */
    static Option<HtmlErrorPage> in(HttpResponse answer) {
        char first = first(answer.body());
        if (first == 0 || first == '{' || first == '[') {
            return Option.none();
        }
        @Nullable MediaType type = answer.header("Content-Type").map(MediaType::parse).getOrNull();
        boolean isHtml = isText(type, "html") || isText(type, "xhtml+xml");
        if (first == '<') {
            String element = HtmlText.firstElement(answer.beginning(charset(type)));
            return Option.when(
                    OF_PAGES.contains(element) || (isHtml && (element.isEmpty() || OF_PARTS.contains(element))),
                    () -> of(PAGE, answer, type));
        }
        boolean isRefusal = answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN;
        return Option.when(
                isHtml || (isRefusal && isText(type, "plain")), () -> of(isHtml ? PAGE : TEXT, answer, type));
    }

    private static HtmlErrorPage of(String kind, HttpResponse answer, @Nullable MediaType type) {
        return new HtmlErrorPage(kind, HtmlText.of(new String(answer.body(), charset(type))));
    }

    /** What the page says, fit to be shown, such as {@code a web page "Blocked"}; absent if it says nothing. */
    Option<String> shown(Redactor redactor) {
        return redactor.shown(words).map(text -> kind + " \"" + text + "\"");
    }

    /** The first character that is neither a blank nor part of a byte order mark; 0 if there is none. */
    private static char first(byte[] body) {
        for (byte next : body) {
            if (next > ' ') {
                return (char) next;
            }
        }
        return 0;
    }

    private static boolean isText(@Nullable MediaType type, String subtype) {
        return type != null && type.subtype().toLowerCase(Locale.ROOT).equals(subtype);
    }

    private static Charset charset(@Nullable MediaType type) {
        @Nullable Charset named = type == null ? null : type.charset(StandardCharsets.UTF_8);
        return named == null ? StandardCharsets.UTF_8 : named;
    }
}
