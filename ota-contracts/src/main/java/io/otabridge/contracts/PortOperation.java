package io.otabridge.contracts;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * An operation of a port, bound to arguments that exist at the vendor.
 *
 * @param name the port and the method, for assertion messages
 * @param effect the effect at the vendor, which determines the expected failure
 * @param call makes the call
 */
record PortOperation(String name, Effect effect, Function<Backend, ? extends Either<OtaFailure, ?>> call) {

    /** The effect of an operation at the vendor. */
    enum Effect {
        /** A read. The response is decoded. */
        READ,
        /** A creation or update. The response is decoded. */
        CHANGE,
        /** A deletion. The response may have no body. */
        DELETE,
        /** A change that fails before it is sent, because the read before it fails. */
        READ_BEFORE_CHANGE,
        /** A dry run of a change. It only reads. */
        DRY_RUN;

        /**
         * Returns whether responses of this effect are decoded or mapped differently, so that every scenario is
         * applied to one such operation.
         */
        boolean hasOwnDecoder() {
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
