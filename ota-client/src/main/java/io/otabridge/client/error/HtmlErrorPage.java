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
 * An HTML page or a plain text in place of an API response.
 *
 * @param kind its description for users
 * @param text its title and the beginning of its visible text, unredacted: pass it only to a {@link Redactor}
 */
record HtmlErrorPage(String kind, String text) {

    private static final String PAGE = "a web page";
    private static final String TEXT = "plain text";

    /** First elements of HTML pages that are never the first element of a vendor's XML. */
    private static final Set<String> PAGE_ELEMENTS =
            Set.of("html", "head", "body", "title", "meta", "script", "style", "!doctype html");

    /** First elements of incomplete HTML pages. */
    private static final Set<String> PART_ELEMENTS =
            Set.of("a", "b", "br", "center", "div", "font", "h1", "h2", "h3", "hr", "img", "link", "p", "pre", "span");

    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;

    /** The page or plain text in this response; absent if the response may be from the vendor. */
    static Option<HtmlErrorPage> in(HttpResponse response) {
        char first = first(response.body());
        if (first == 0 || first == '{' || first == '[') {
            return Option.none();
        }
        @Nullable MediaType type = response.header("Content-Type").map(MediaType::parse).getOrNull();
        boolean isHtml = isText(type, "html") || isText(type, "xhtml+xml");
        if (first == '<') {
            String element = HtmlText.firstElement(response.beginning(charset(type)));
            return Option.when(
                    PAGE_ELEMENTS.contains(element)
                            || (isHtml && (element.isEmpty() || PART_ELEMENTS.contains(element))),
                    () -> of(PAGE, response, type));
        }
        boolean isDenied = response.status() == UNAUTHORIZED || response.status() == FORBIDDEN;
        return Option.when(
                isHtml || (isDenied && isText(type, "plain")), () -> of(isHtml ? PAGE : TEXT, response, type));
    }

    private static HtmlErrorPage of(String kind, HttpResponse response, @Nullable MediaType type) {
        return new HtmlErrorPage(kind, HtmlText.of(new String(response.body(), charset(type))));
    }

    /** A description with the redacted text, such as {@code a web page "Blocked"}; absent if there is no text. */
    Option<String> shown(Redactor redactor) {
        return redactor.sanitize(text).map(redacted -> kind + " \"" + redacted + "\"");
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
