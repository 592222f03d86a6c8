package io.otabridge.fuzz;

import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/** What Jazzer calls, by these names: once with the name of a {@link FuzzTarget}, then with one input after the other. */
public final class JazzerEntry {

    private static @Nullable Trial trial;

    private JazzerEntry() {}

    public static void fuzzerInitialize(String[] target) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(target[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        FuzzTarget made = (FuzzTarget) constructor.newInstance();
        Trial first = new Trial(made);
        // What loads a class waits until Jazzer has gone through it, which is no part of what an input may take.
        made.seeds().forEach(first::of);
        trial = first;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (trial == null) {
            throw new IllegalStateException("fuzzerInitialize comes first");
        }
        trial.of(input);
    }
}
