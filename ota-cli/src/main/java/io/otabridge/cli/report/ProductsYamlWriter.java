package io.otabridge.cli.report;

import io.otabridge.domain.ProductId;
import io.vavr.collection.List;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the section {@code products} of a configuration. Names and ids of vendors may contain any characters. */
final class ProductsYamlWriter {

    private static final int MAX_LENGTH = 128;

    private ProductsYamlWriter() {}

    /** Returns the section, with a line for each product. If a backend has several ids, all but the first are in a comment. */
    static String of(List<ProductLabels.DuplicateName> products) {
        Set<String> taken = new HashSet<>();
        return products.map(product -> "\n  " + quoted(unused(name(product.name()), taken)) + ": " + ids(product.ids()))
                .mkString("products:", "", "");
    }

    private static String ids(Map<String, Set<ProductId>> ids) {
        String first = ids.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + id(entry.getValue()))
                .collect(Collectors.joining(", ", "{ ", " }"));
        String more = ids.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> " # or " + quoted(entry.getKey()) + ": "
                        + entry.getValue().stream()
                                .skip(1)
                                .map(ProductsYamlWriter::id)
                                .collect(Collectors.joining(" or ")))
                .collect(Collectors.joining());
        return first + more;
    }

    private static String id(Collection<ProductId> ids) {
        return id(ids.iterator().next());
    }

    /** Escapes <code>${</code>, which starts a reference to an environment variable, as <code>$${</code>. */
    private static String id(ProductId id) {
        return quoted(id.value().replace("${", "$${"));
    }

    /** Makes a vendor's name valid in the configuration: replaces invisible characters and limits the length. */
    private static String name(String name) {
        String visible = name.replaceAll("[\\p{C}\\p{Z}\\s]+", " ").strip();
        return visible.isEmpty() ? "product" : cut(visible, MAX_LENGTH);
    }

    private static String cut(String text, int maxLength) {
        int[] characters = text.codePoints().limit(maxLength).toArray();
        return new String(characters, 0, characters.length).strip();
    }

    private static String unused(String name, Set<String> taken) {
        String unused = name;
        for (int n = 2; !taken.add(unused); n++) {
            unused = cut(name, MAX_LENGTH - 8) + " " + n;
        }
        return unused;
    }

    /** Quotes a text with double quotes and escapes invisible characters. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c == ' ' || isVisible(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
