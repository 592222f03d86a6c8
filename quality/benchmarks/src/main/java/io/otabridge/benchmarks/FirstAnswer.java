package io.otabridge.benchmarks;

import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * A whole process that asks once: prints the version it was told, and waits to be looked at until its standard input
 * ends. It does nothing besides, so that all it costs is the contender's.
 */
public final class FirstAnswer {

    private FirstAnswer() {}

    /**
     * Asks once.
     *
     * @param args the contender's class, the endpoint, and the id to ask for
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        System.out.println(open(args[0], args[1]).apply(args[2]));
        while (System.in.read() >= 0) {}
        // Some contenders have threads that live on.
        Runtime.getRuntime().halt(0);
    }

    /** A contender: from the id of a package to its version; safe for many threads. It throws what goes wrong. */
    @SuppressWarnings("unchecked")
    static UnaryOperator<String> open(String type, String endpoint) throws ReflectiveOperationException {
        return Class.forName(type)
                .asSubclass(UnaryOperator.class)
                .getConstructor(String.class)
                .newInstance(endpoint);
    }
}
