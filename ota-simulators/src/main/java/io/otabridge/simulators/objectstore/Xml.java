package io.otabridge.simulators.objectstore;

import java.util.function.Consumer;

/** Writes an XML document. */
final class Xml {

    private final String root;
    private final StringBuilder content = new StringBuilder();

    Xml(String root) {
        this.root = root;
    }

    /** Adds a text. */
    Xml text(String text) {
        text.codePoints().forEach(this::append);
        return this;
    }

    /** Adds an element with a text. */
    Xml add(String name, Object text) {
        content.append(new Xml(name).text(text.toString()).element());
        return this;
    }

    /** Adds an element with elements. */
    Xml add(String name, Consumer<Xml> elements) {
        Xml inner = new Xml(name);
        elements.accept(inner);
        content.append(inner.element());
        return this;
    }

    private void append(int character) {
        switch (character) {
            case '<' -> content.append("&lt;");
            case '>' -> content.append("&gt;");
            case '&' -> content.append("&amp;");
            case '"' -> content.append("&quot;");
            case '\r', '\n', '\t' -> content.append("&#").append(character).append(';');
            default -> content.appendCodePoint(character);
        }
    }

    private String element() {
        return "<" + root + ">" + content + "</" + root + ">";
    }

    @Override
    public String toString() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element();
    }
}
