package io.otabridge.cli;

import io.otabridge.app.Products;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/** What a person may want to know besides the answer, each thing once. For one thread. */
final class Notes {

    private final PrintStream err;
    private final Set<String> told = new HashSet<>();

    Notes(PrintStream err) {
        this.err = err;
    }

    void tell(String note) {
        if (told.add(note)) {
            err.println("Note: " + Visible.of(note));
        }
    }

    /** Where products have names, a text that is none of them may be a slip. */
    void tellOfId(String nameOrId, Products products) {
        boolean isKnown = products.names().isEmpty()
                || products.names().exists(name -> name.equals(nameOrId) || hasId(name, nameOrId, products));
        if (!isKnown) {
            tell("the configuration knows no product " + nameOrId + " (only "
                    + products.names().mkString(", ") + "), so it is taken for the vendor's id");
        }
    }

    private static boolean hasId(String name, String id, Products products) {
        return products.backendsOf(name)
                .exists(backend ->
                        products.id(name, backend).exists(known -> known.value().equals(id)));
    }
}
