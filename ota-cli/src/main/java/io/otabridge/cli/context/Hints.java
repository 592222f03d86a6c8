package io.otabridge.cli.context;

import io.otabridge.app.ProductAliases;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.error.Suggestion;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TextWrapper;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CallObservation;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/** Prints each hint once to standard error. As an observer, it also prints the notes of backends. Thread-safe. */
public final class Hints implements BackendObserver {

    private final PrintStream err;
    private final int width;
    private final Set<String> printed = new HashSet<>();

    /**
     * Creates an empty collection of hints.
     *
     * @param width the width at which hints are wrapped
     */
    public Hints(PrintStream err, int width) {
        this.err = err;
        this.width = width;
    }

    @Override
    public CallObservation started(OperationContext origin) {
        return CallObservation.NONE;
    }

    @Override
    public void warned(OperationContext origin, String note) {
        note(note);
    }

    public synchronized void note(String note) {
        if (printed.add(note)) {
            err.println(TextWrapper.wrapLines("Note: " + TerminalEscaper.of(note), width));
        }
    }

    /**
     * Notes that a product is neither a configured name nor a configured id, as it may be a typing error.
     *
     * @return whether it is known, or the configuration names no products
     */
    public boolean noteUnknownProduct(String nameOrId, ProductAliases products) {
        boolean isKnown = isKnown(nameOrId, products);
        if (!isKnown) {
            note("the configuration has no product " + nameOrId + " (only "
                    + products.names().mkString(", ") + "), so it is used as the vendor's id"
                    + Suggestion.closest(nameOrId, products.names())
                            .map(name -> ". Did you mean " + name + "?")
                            .getOrElse(""));
        }
        return isKnown;
    }

    /**
     * Stops a change whose product is neither a configured name nor a configured id, but similar to a name. A change with
     * the id of another product could not be taken back.
     *
     * @throws CliException if a name is similar
     */
    public void requireNotMistyped(String nameOrId, ProductAliases products) {
        if (isKnown(nameOrId, products)
                || Suggestion.closest(nameOrId, products.names()).isEmpty()) {
            noteUnknownProduct(nameOrId, products);
            return;
        }
        throw unknownProduct(nameOrId, products);
    }

    /**
     * Stops a command that needs the ids of a product on several backends.
     *
     * @throws CliException if the product is neither a configured name nor a configured id
     */
    public static void requireKnown(String nameOrId, ProductAliases products) {
        if (!isKnown(nameOrId, products)) {
            throw unknownProduct(nameOrId, products);
        }
    }

    private static CliException unknownProduct(String nameOrId, ProductAliases products) {
        return new CliException(
                ExitCode.USAGE,
                "There is no product \"" + nameOrId + "\"",
                "the configuration has " + products.names().mkString(", "),
                Suggestion.question(nameOrId, products.names())
                        + "If it is the vendor's id, name it in the section products of the configuration; nothing was sent");
    }

    private static boolean isKnown(String nameOrId, ProductAliases products) {
        return products.names().isEmpty()
                || products.names().exists(name -> name.equals(nameOrId) || hasId(name, nameOrId, products));
    }

    private static boolean hasId(String name, String id, ProductAliases products) {
        return ProductId.parse(id)
                .exists(product -> products.backendsOf(name)
                        .exists(backend -> products.name(backend, product).contains(name)));
    }
}
