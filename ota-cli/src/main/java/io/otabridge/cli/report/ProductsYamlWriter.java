package io.otabridge.cli.report;

import io.otabridge.domain.ProductId;
import io.vavr.collection.List;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the section {@code products} of a configuration, whatever characters the vendors' names and ids contain. */
final class ProductsYamlWriter {

    private static final int LONGEST = 128;

    private ProductsYamlWriter() {}

    /** The section, with a line for each product. Of several ids on one backend, all but the first are in a comment. */
    static String of(List<ProductLabels.Namesakes> products) {
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

    /** In a value, <code>${</code> begins a reference to the environment, and <code>$${</code> means the text itself. */
    private static String id(ProductId id) {
        return quoted(id.value().replace("${", "$${"));
    }

    /** The vendor's name as the configuration accepts it: no control characters and other invisible ones, and not too long. */
    private static String name(String name) {
        String visible = name.replaceAll("[\\p{C}\\p{Z}\\s]+", " ").strip();
        return visible.isEmpty() ? "product" : cut(visible, LONGEST);
    }

    private static String cut(String text, int longest) {
        int[] characters = text.codePoints().limit(longest).toArray();
        return new String(characters, 0, characters.length).strip();
    }

    private static String unused(String name, Set<String> taken) {
        String unused = name;
        for (int n = 2; !taken.add(unused); n++) {
            unused = cut(name, LONGEST - 8) + " " + n;
        }
        return unused;
    }

    /** In double quotes, with an escape for everything that is not plain ASCII, a letter, a digit or a sign. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c == ' ' || isShown(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isShown(int c) {
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
