package io.otabridge.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Wraps text at spaces and between Chinese or Japanese characters. A word is never broken, even if it is too long for a line. */
public final class TextWrapper {

    private static final String IDEOGRAPH = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}";
    private static final String PUNCTUATION = "，。、；：！？）」』】》";

    private static final Pattern SPACES = Pattern.compile(" +");

    /** The places for a line break. Punctuation stays with the character before it. */
    private static final Pattern BREAK = Pattern.compile(
            " +|(?<=[" + IDEOGRAPH + PUNCTUATION + "])(?=[^ " + PUNCTUATION + "])|(?<=[^ ])(?=[" + IDEOGRAPH + "])");

    private TextWrapper() {}

    /** A word with the spaces before it. */
    private record Word(String space, String text) {}

    /** Wraps each line of a text and returns it without a line feed at its end. */
    public static String wrapLines(String text, int width) {
        return String.join(
                "\n", text.lines().flatMap(line -> wrap(line, width).stream()).toList());
    }

    /** Returns the lines of a text without line breaks. */
    public static List<String> wrap(String text, int width) {
        if (width == Terminal.UNLIMITED || DisplayWidth.of(text) <= width) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (Word word : words(text)) {
            int columns = DisplayWidth.of(word.text());
            if (column + word.space().length() + columns <= width) {
                line.append(word.space());
                column += word.space().length();
            } else if (column > 0) {
                lines.add(line.toString());
                line.setLength(0);
                column = 0;
            }
            line.append(word.text());
            column += columns;
        }
        lines.add(line.toString());
        return lines;
    }

    /** Returns the words of a text, in order. */
    public static Stream<String> wordsOf(String text) {
        return words(text).stream().map(Word::text);
    }

    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        String space = "";
        int start = 0;
        Pattern breaks = DisplayWidth.isAscii(text) ? SPACES : BREAK;
        for (Matcher next = breaks.matcher(text); next.find(); start = next.end()) {
            words.add(new Word(space, text.substring(start, next.start())));
            space = next.group();
        }
        words.add(new Word(space, text.substring(start)));
        return words;
    }
}
