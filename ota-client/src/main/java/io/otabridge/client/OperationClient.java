package io.otabridge.client;

import io.otabridge.client.chain.Effect;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Executes the {@link Operation}s of one backend: checks their requirements, sends no changes in a dry run, sends
 * changes at most once and decodes responses by the vendor's protocol. Safe for many threads.
 */
public final class OperationClient {

    private final BackendClient client;
    private final VendorResponseDecoder protocol;
    private final Capabilities capabilities;
    private final boolean isDryRun;

    /**
     * A client for the operations of one backend.
     *
     * @param client sends the requests
     * @param capabilities the declared capabilities of the backend
     */
    public OperationClient(BackendClient client, VendorResponseDecoder protocol, Capabilities capabilities) {
        this(client, protocol, capabilities, false);
    }

    private OperationClient(
            BackendClient client, VendorResponseDecoder protocol, Capabilities capabilities, boolean isDryRun) {
        this.client = client;
        this.protocol = protocol;
        this.capabilities = capabilities;
        this.isDryRun = isDryRun;
    }

    /** A client that checks changes and deletions and does not send them. */
    public OperationClient dryRun() {
        return new OperationClient(client, protocol, capabilities, true);
    }

    BackendClient client() {
        return client;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    /** The failure of a method for which the vendor has no operation. Its advice names an alternative. */
    public OtaFailure unsupported(Capability missing) {
        return capabilities.unsupported(client.contextOf(missing.code()), missing);
    }

    /**
     * Reports a note about an operation to the observer. The first time it is also logged as a warning.
     *
     * @param note one sentence without a full stop
     */
    public void note(Operation<?, ?> operation, String note) {
        client.note(contextOf(operation), note);
    }

    /** The context of this operation, for failures. */
    public OperationContext contextOf(Operation<?, ?> operation) {
        return client.contextOf(operation.name());
    }

    /** The input if it meets the requirements of the operation, the failure otherwise. Sends nothing. */
    public <Q> Either<OtaFailure, Q> check(Operation<Q, ?> operation, Q input) {
        return operation
                .violation(this, contextOf(operation), input)
                .<Either<OtaFailure, Q>>map(Either::left)
                .getOrElse(Either.right(input));
    }

    /** The text if it is absent or meets the constraint, {@link OtaFailure.Rejected} otherwise. Sends nothing. */
    public Either<OtaFailure, Option<String>> check(
            Operation<?, ?> operation, StringConstraint constraint, Option<String> text) {
        return text.map(present ->
                        client.check(contextOf(operation), constraint, present).map(Option::some))
                .getOrElse(Either.right(text));
    }

    /** Executes an operation made with {@link Operation#read}. */
    public <Q, T> Either<OtaFailure, T> read(Operation<Q, T> operation, Q input) {
        operation.requireEffect(Effect.READ);
        OperationContext origin = contextOf(operation);
        Option<OtaFailure> violation = operation.violation(this, origin, input);
        if (violation.isDefined()) {
            return Either.left(violation.get());
        }
        Function<HttpResponse, Either<OtaFailure, T>> decoder = decoder(operation, origin, input);
        if (!operation.isShared()) {
            return client.readUncoalesced(origin, operation.request(input), decoder);
        }
        return operation.isBulk(input)
                ? client.readInBulk(origin, operation.request(input), decoder)
                : client.read(origin, operation.request(input), decoder);
    }

    /**
     * Executes an operation made with {@link Operation#change}.
     *
     * @param intended the result of a dry run
     */
    public <Q, T> Either<OtaFailure, T> change(Operation<Q, T> operation, Q input, T intended) {
        operation.requireEffect(Effect.CHANGE);
        OperationContext origin = contextOf(operation);
        return check(operation, input)
                .flatMap(valid -> isDryRun
                        ? Either.right(intended)
                        : client.change(
                                origin,
                                () -> operation.subject(valid),
                                operation.request(valid),
                                decoder(operation, origin, valid)));
    }

    /**
     * Executes a deletion made with {@link Operation#deletion}, or with {@link Operation#change} if it must not be
     * retried. A deletion of a thing that does not exist succeeds.
     *
     * @param look looks up the thing to delete. It is called in a dry run, and after the vendor rejected the deletion
     *     with an error code, because not every vendor documents the code for a thing that another caller has just
     *     deleted
     */
    public <Q> Either<OtaFailure, DeleteResult> delete(
            Operation<Q, DeleteResult> operation, Q input, Supplier<? extends Either<OtaFailure, ?>> look) {
        operation.requireEffect(Effect.IDEMPOTENT_CHANGE, Effect.CHANGE);
        OperationContext origin = contextOf(operation);
        return check(operation, input)
                .flatMap(valid -> isDryRun
                        ? orAbsent(operation, look.get().map(found -> DeleteResult.DELETED))
                        : send(operation, origin, valid, look));
    }

    private <Q> Either<OtaFailure, DeleteResult> send(
            Operation<Q, DeleteResult> operation,
            OperationContext origin,
            Q input,
            Supplier<? extends Either<OtaFailure, ?>> look) {
        Function<HttpResponse, Either<OtaFailure, DeleteResult>> decoder =
                response -> orAbsent(operation, operation.decode(protocol, client, origin, input, response));
        return client.delete(
                origin,
                operation.effect(),
                () -> operation.subject(input),
                operation.request(input),
                decoder,
                () -> isAbsent(operation, look.get()));
    }

    private static Either<OtaFailure, DeleteResult> orAbsent(
            Operation<?, ?> operation, Either<OtaFailure, DeleteResult> deletion) {
        return isAbsent(operation, deletion) ? Either.right(DeleteResult.NOT_FOUND) : deletion;
    }

    private static boolean isAbsent(Operation<?, ?> operation, Either<OtaFailure, ?> result) {
        return result.isLeft() && operation.isAbsent(result.getLeft());
    }

    private <Q, T> Function<HttpResponse, Either<OtaFailure, T>> decoder(
            Operation<Q, T> operation, OperationContext origin, Q input) {
        return response -> operation.decode(protocol, client, origin, input, response);
    }
}
