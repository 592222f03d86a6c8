package io.otabridge.cli.terminal;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is done if the process ends early, for example by Ctrl-C: the progress line is cleared, and a change in progress is
 * reported. Thread-safe.
 */
public final class InterruptActions {

    private final Deque<Runnable> actions = new ArrayDeque<>();
    private final Deque<Runnable> firstActions = new ArrayDeque<>();

    /** Ends the time in which an action applies. */
    public interface Registration extends AutoCloseable {

        @Override
        void close();
    }

    /** Adds an action that applies until the registration is closed. */
    public synchronized Registration add(Runnable action) {
        actions.push(action);
        return () -> remove(action);
    }

    /** Adds an action that applies until the registration is closed, and runs before those of {@link #add}. */
    synchronized Registration addFirst(Runnable action) {
        firstActions.push(action);
        return () -> remove(action);
    }

    private synchronized void remove(Runnable action) {
        actions.remove(action);
        firstActions.remove(action);
    }

    /** Runs the actions, the latest first. The process calls this when it ends. */
    public synchronized void run() {
        while (!firstActions.isEmpty()) {
            firstActions.pop().run();
        }
        while (!actions.isEmpty()) {
            actions.pop().run();
        }
    }
}
