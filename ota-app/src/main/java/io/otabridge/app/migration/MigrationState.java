package io.otabridge.app.migration;

import io.vavr.collection.List;
import io.vavr.control.Option;

/** How far the copy of a package has come, as recorded in the journal. */
public enum MigrationState {
    /** The package is to be copied. */
    PLANNED,
    /** Its files were downloaded and verified; they are in the spool directory. */
    COPIED,
    /** The package was created on the target. */
    CREATED,
    /** The package was read back on the target, and its content is the same. */
    VERIFIED;

    /** Returns the state with this name; absent if there is none. */
    static Option<MigrationState> parse(String name) {
        return List.of(values()).find(state -> state.name().equals(name));
    }
}
