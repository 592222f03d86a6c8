package io.otabridge.cli.command;

import io.otabridge.app.ProductAliases;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CallObservation;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/** What a person may want to know besides the answer, each thing once. Backends add their remarks. Safe for many threads. */
final class Hints implements BackendObserver {

    private final PrintStream err;
    private final Set<String> told = new HashSet<>();

    Hints(PrintStream err) {
        this.err = err;
    }

    @Override
    public CallObservation started(OperationContext origin) {
        return CallObservation.NONE;
    }

    @Override
    public void noted(OperationContext origin, String note) {
        tell(note);
    }

    synchronized void tell(String note) {
        if (told.add(note)) {
            err.println("Note: " + TerminalEscaper.of(note));
        }
    }

    /** Where products have names, a text that is none of them may be a slip. */
    void tellOfId(String nameOrId, ProductAliases products) {
        boolean isKnown = products.names().isEmpty()
                || products.names().exists(name -> name.equals(nameOrId) || hasId(name, nameOrId, products));
        if (!isKnown) {
            tell("the configuration has no product " + nameOrId + " (only "
                    + products.names().mkString(", ") + "), so it is used as the vendor's id");
        }
    }

    private static boolean hasId(String name, String id, ProductAliases products) {
        return ProductId.parse(id)
                .exists(asked -> products.backendsOf(name)
                        .exists(backend -> products.name(backend, asked).contains(name)));
    }
}
