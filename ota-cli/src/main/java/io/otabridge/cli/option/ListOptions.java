package io.otabridge.cli.option;

import io.vavr.collection.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every list has, next to its own {@code --sort}. */
public final class ListOptions {

    /** The description of {@code --sort}. */
    public static final String SORT =
            "Sort by ${COMPLETION-CANDIDATES}, smallest or oldest first; --reverse: largest or newest first. Entries without"
                    + " the value are last. Default: the vendor's order.";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--reverse", description = "Reverse the order.")
    private boolean reverse;

    private int limit = Integer.MAX_VALUE;

    @Option(names = "--limit", paramLabel = "N", description = "Print at most the first N entries, after sorting.")
    void limit(int number) {
        if (number < 1) {
            throw new ParameterException(
                    command.commandLine(), "--limit must be a number of at least 1, but is " + number);
        }
        limit = number;
    }

    /** Whether the command line has one of these options. */
    public boolean isGiven() {
        return reverse || limit < Integer.MAX_VALUE;
    }

    /** Returns how many entries of the vendor's list are needed. */
    public int needed(@Nullable SortKey<?> key) {
        return key == null && !reverse ? limit : Integer.MAX_VALUE;
    }

    public <T> List<T> apply(@Nullable SortKey<T> key, List<T> list) {
        List<T> sorted = key != null ? list.sorted(key.order(reverse)) : reverse ? list.reverse() : list;
        return sorted.take(limit);
    }
}
