package io.otabridge.simulators.fault;

/** What a backend is asked for while a {@link WireFaultScenario} is played. */
public enum CallType {
    /** {@code firmware().find}. */
    FIRMWARE,
    /** {@code firmwareCommands().delete}. */
    DELETION,
    /** {@code moduleCommands().create}; the fault befalls the creation itself, and not the look before it. */
    CREATION;

    public boolean isQuestion() {
        return this == FIRMWARE;
    }
}
