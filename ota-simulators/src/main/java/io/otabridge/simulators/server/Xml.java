package io.otabridge.simulators.server;

import java.util.function.Consumer;

/** Writes an XML document. */
public final class Xml {

    private final String root;
    private final StringBuilder content = new StringBuilder();

    /** Starts a document, or an element within one. */
    public Xml(String root) {
        this.root = root;
    }

    /** Adds a text. */
    public Xml text(String text) {
        text.codePoints().forEach(this::append);
        return this;
    }

    /** Adds an element with a text. */
    public Xml add(String name, Object text) {
        content.append(new Xml(name).text(text.toString()).element());
        return this;
    }

    /** Adds an element with elements. */
    public Xml add(String name, Consumer<Xml> elements) {
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
