package io.otabridge.contracts;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * An operation of a port as data, ready to be called on things that the vendor holds.
 *
 * @param name the port and the method, for messages
 * @param effect what it does to the vendor, which decides what a failure of the vendor must become
 * @param call calls it
 */
record PortOperation(String name, Effect effect, Function<Backend, ? extends Either<OtaFailure, ?>> call) {

    /** What an operation does to the vendor. */
    enum Effect {
        /** It reads, and its response is decoded. */
        READ,
        /** It creates or changes, and its response is decoded. */
        CHANGE,
        /** It deletes; there may be no response to decode. */
        DELETE,
        /** A change that fails before it is sent, as the read that precedes it fails. */
        READ_BEFORE_CHANGE,
        /** A change in a dry run, which only reads. */
        DRY_RUN;

        /** Whether its response is decoded or judged unlike those of the others, so that every scenario is played to one of them. */
        boolean isDecodedApart() {
            return this == READ || isChange();
        }

        boolean isChange() {
            return this == CHANGE || this == DELETE;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
