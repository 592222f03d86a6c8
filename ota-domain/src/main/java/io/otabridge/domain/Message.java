package io.otabridge.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text for people that can be translated. It consists of a key and arguments; the key is the English text with {@code
 * {0}} for the first argument, as in gettext. Immutable.
 *
 * @param key the English text without its arguments
 * @param arguments messages, or texts and numbers that are the same in every language
 */
public record Message(String key, List<Object> arguments) {

    private static final Pattern ARGUMENT = Pattern.compile("\\{([0-9])}");

    public Message {
        arguments = List.copyOf(arguments);
    }

    /**
     * Creates a message.
     *
     * @param arguments at most ten
     */
    public static Message of(String key, Object... arguments) {
        return new Message(key, Arrays.asList(arguments));
    }

    /** Joins this message and another one with a semicolon. */
    public Message and(Message more) {
        return of("{0}; {1}", this, more);
    }

    /** Returns the English text. */
    public String text() {
        return text(UnaryOperator.identity());
    }

    /**
     * Returns the text in another language.
     *
     * @param translation maps a key to its translation, or to itself if there is none
     */
    public String text(UnaryOperator<String> translation) {
        String pattern = translation.apply(key);
        if (arguments.isEmpty()) {
            return pattern;
        }
        return ARGUMENT.matcher(pattern)
                .replaceAll(found -> Matcher.quoteReplacement(argument(found.group(1), translation)));
    }

    private String argument(String number, UnaryOperator<String> translation) {
        Object argument = argument(number);
        return argument instanceof Message message ? message.text(translation) : String.valueOf(argument);
    }

    /**
     * Returns the English text. If it begins with a nested message, such as {@code firmware f1}, the first letter is
     * capitalized.
     */
    public String sentence() {
        String text = text();
        Matcher first = ARGUMENT.matcher(key);
        boolean beginsWithMessage = first.lookingAt() && argument(first.group(1)) instanceof Message;
        return beginsWithMessage && !text.isEmpty()
                ? text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1)
                : text;
    }

    private Object argument(String number) {
        int index = Integer.parseInt(number);
        return index < arguments.size() ? arguments.get(index) : "{" + number + "}";
    }

    @Override
    public String toString() {
        return text();
    }
}
