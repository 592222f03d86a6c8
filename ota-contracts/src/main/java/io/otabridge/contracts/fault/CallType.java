package io.otabridge.contracts.fault;

/** The call to a backend while a {@link WireFaultScenario} is active. */
public enum CallType {
    /** {@code firmware().find}. */
    FIRMWARE,
    /** {@code firmwareCommands().delete}. */
    DELETION,
    /** {@code moduleCommands().create}. The fault affects the creation request, not the lookup before it. */
    CREATION;

    /** Returns whether this call only reads. */
    public boolean isQuery() {
        return this == FIRMWARE;
    }
}
