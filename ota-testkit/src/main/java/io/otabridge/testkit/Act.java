package io.otabridge.testkit;

/** What a backend is asked for while a {@link Fault} is played. */
public enum Act {
    /** {@code firmware().find}. */
    FIRMWARE,
    /** {@code firmwareCommands().delete}. */
    DELETION,
    /** {@code moduleCommands().create}; the fault befalls the creation itself, and not the look before it. */
    CREATION;

    boolean isQuestion() {
        return this == FIRMWARE;
    }
}
