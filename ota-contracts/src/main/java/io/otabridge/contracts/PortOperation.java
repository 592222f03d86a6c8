package io.otabridge.contracts;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An operation of a port, bound to arguments that exist at the vendor.
 *
 * @param name the port and the method, for assertion messages
 * @param effect the effect at the vendor, which determines the expected failure
 * @param call makes the call
 */
public record PortOperation(String name, Effect effect, Function<Backend, ? extends Either<OtaFailure, ?>> call) {

    /** The effect of an operation at the vendor. */
    public enum Effect {
        /** A read. The response is decoded. */
        READ,
        /** A creation or update. The response is decoded. */
        CHANGE,
        /** A creation with a client token. If its response is unreadable or an outage, its outcome is unknown. */
        CREATION,
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
            return this == READ || this == CHANGE || this == DELETE;
        }

        boolean isChange() {
            return this == CHANGE || this == CREATION || this == DELETE;
        }
    }

    /**
     * Returns the kind of failure that the operation returns for a scenario.
     *
     * @param status the status of the response; absent for a backend without HTTP
     */
    Class<? extends OtaFailure> expected(FailureScenario scenario, Option<Integer> status) {
        Class<? extends OtaFailure> kind = effect.isChange() ? scenario.expectedForChange() : scenario.expected();
        boolean isOutageResponse = kind.equals(OtaFailure.Unavailable.class) && status.isDefined();
        return effect == Effect.CREATION && (isOutageResponse || kind.equals(OtaFailure.UnreadableResponse.class))
                ? OtaFailure.OutcomeUnknown.class
                : kind;
    }

    /** Returns a read. */
    public static PortOperation read(String name, Function<Backend, ? extends Either<OtaFailure, ?>> call) {
        return new PortOperation(name, Effect.READ, call);
    }

    /**
     * Returns a change and its dry run.
     *
     * @param call makes the change with the commands of a backend
     * @param <C> the command port
     */
    public static <C> List<PortOperation> changeAndDryRun(
            String name,
            Effect effect,
            Function<Backend, C> commands,
            UnaryOperator<C> dryRun,
            Function<C, ? extends Either<OtaFailure, ?>> call) {
        return List.of(
                new PortOperation(name, effect, backend -> call.apply(commands.apply(backend))),
                new PortOperation(
                        "dry run of " + name,
                        Effect.DRY_RUN,
                        backend -> call.apply(dryRun.apply(commands.apply(backend)))));
    }

    @Override
    public String toString() {
        return name;
    }
}
