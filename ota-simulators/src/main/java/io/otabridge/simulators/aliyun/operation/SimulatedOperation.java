package io.otabridge.simulators.aliyun.operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import java.util.function.Function;

/**
 * An operation of the service.
 *
 * @param isPostOnly whether it rejects GET
 * @param mandatory the parameters that the gateway requires
 * @param isChange whether it changes something
 * @param handler returns the members of the response, without those of its envelope
 */
public record SimulatedOperation(
        String name,
        boolean isPostOnly,
        List<String> mandatory,
        boolean isChange,
        Function<Parameters, Either<OperationError, ObjectNode>> handler) {

    public static SimulatedOperation query(
            String name, List<String> mandatory, Function<Parameters, Either<OperationError, ObjectNode>> handler) {
        return new SimulatedOperation(name, false, mandatory, false, handler);
    }

    /** Returns an operation that creates something. */
    public static SimulatedOperation creation(
            String name, List<String> mandatory, Function<Parameters, Either<OperationError, ObjectNode>> handler) {
        return new SimulatedOperation(name, false, mandatory, true, handler);
    }

    /**
     * Returns an operation that changes something and whose response has no further members.
     *
     * @param change executes the change; returns the error, none on success
     */
    public static SimulatedOperation change(
            String name, List<String> mandatory, Function<Parameters, Option<OperationError>> change) {
        return creation(
                name,
                mandatory,
                call -> change.apply(call)
                        .<Either<OperationError, ObjectNode>>map(Either::left)
                        .getOrElse(() -> Either.right(JsonNodeFactory.instance.objectNode())));
    }

    /** Returns a copy that accepts only POST. */
    public SimulatedOperation postOnly() {
        return new SimulatedOperation(name, true, mandatory, isChange, handler);
    }
}
