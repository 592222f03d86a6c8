package io.otabridge.benchmarks;

import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Makes one call in a new process, prints the returned version, and waits for the end of its standard input so that
 * the process can be inspected. It does nothing else, so that the whole cost is that of the contender.
 */
public final class ColdStartProgram {

    private ColdStartProgram() {}

    /**
     * Makes one call.
     *
     * @param args class of the contender, endpoint, and id of the package
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        System.out.println(open(args[0], args[1]).apply(args[2]));
        while (System.in.read() >= 0) {}
        // Some contenders have threads that are not daemons.
        Runtime.getRuntime().halt(0);
    }

    /**
     * Creates a contender, a function from the id of a package to its version. It is safe for use by multiple threads
     * and throws if a call fails.
     */
    @SuppressWarnings("unchecked")
    static UnaryOperator<String> open(String type, String endpoint) throws ReflectiveOperationException {
        return Class.forName(type)
                .asSubclass(UnaryOperator.class)
                .getConstructor(String.class)
                .newInstance(endpoint);
    }
}
