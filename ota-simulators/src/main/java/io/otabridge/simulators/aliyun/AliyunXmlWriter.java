package io.otabridge.simulators.aliyun;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Writes a response as XML in the documented form: one element for each member, and one element for each list item,
 * without a wrapper.
 */
final class AliyunXmlWriter {

    private AliyunXmlWriter() {}

    static String write(String root, JsonNode body) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        append(xml, root, body);
        return xml.toString();
    }

    private static void append(StringBuilder xml, String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> append(xml, name, element));
            return;
        }
        xml.append('<').append(name).append('>');
        if (value.isObject()) {
            value.properties().forEach(member -> append(xml, member.getKey(), member.getValue()));
        } else if (!value.isNull()) {
            value.asText().codePoints().forEach(character -> appendText(xml, character));
        }
        xml.append("</").append(name).append('>');
    }

    private static void appendText(StringBuilder xml, int character) {
        switch (character) {
            case '&' -> xml.append("&amp;");
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '\r' -> xml.append("&#13;");
            default -> xml.appendCodePoint(isAllowed(character) ? character : '\uFFFD');
        }
    }

    /** Returns whether XML 1.0 can represent this character. It cannot represent most control characters. */
    private static boolean isAllowed(int character) {
        if (character < ' ') {
            return character == '\n' || character == '\t';
        }
        boolean isHalfPair = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return !isHalfPair && character != 0xFFFE && character != 0xFFFF;
    }
}
