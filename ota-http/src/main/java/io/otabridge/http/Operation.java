package io.otabridge.http;

import io.otabridge.domain.Capability;
import io.otabridge.domain.Deletion;
import io.otabridge.domain.Message;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.TextRule;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One operation of a vendor as data: its name, what it does on the vendor's side, what it requires, how it is requested and
 * how its response is read. {@link OperationClient} executes it. Immutable and safe for many threads.
 *
 * @param <Q> what the caller passes
 * @param <T> the result
 */
public final class Operation<Q, T> {

    /** Something that must hold before a request is sent; an absent failure means that it does. */
    @FunctionalInterface
    interface Requirement<Q> {
        Option<OtaFailure> violation(OperationClient client, Origin origin, Q input);
    }

    /** Reads a response of any status. */
    @FunctionalInterface
    interface Decoder<Q, T> {
        Either<OtaFailure, T> decode(VendorProtocol protocol, VendorResponse response, Q input);
    }

    private final Description<Q> description;
    private final Decoder<Q, T> decoder;

    private Operation(Description<Q> description, Decoder<Q, T> decoder) {
        this.description = description;
        this.decoder = decoder;
    }

    /**
     * A read. It is retried where that may help, and coalesced with identical ones.
     *
     * @param name the vendor's name of the operation
     */
    public static <Q> Description<Q> read(String name) {
        return new Description<>(name, Effect.READ);
    }

    /** A change. It is sent at most once, unless the vendor throttles it. */
    public static <Q> Description<Q> change(String name) {
        return new Description<>(name, Effect.CHANGE);
    }

    /** A deletion that does no harm when it is done twice, as a deleted id never returns. It is retried like a read. */
    public static <Q> Description<Q> deletion(String name) {
        return new Description<>(name, Effect.IDEMPOTENT_CHANGE);
    }

    /** The vendor's name of the operation. */
    public String name() {
        return description.name;
    }

    Effect effect() {
        return description.effect;
    }

    boolean isBulk(Q input) {
        return description.isBulk.test(input);
    }

    Option<OtaFailure> violation(OperationClient client, Origin origin, Q input) {
        for (Requirement<Q> requirement : description.requirements) {
            Option<OtaFailure> violation = requirement.violation(client, origin, input);
            if (violation.isDefined()) {
                return violation;
            }
        }
        return Option.none();
    }

    VendorRequest request(Q input) {
        return description.request.apply(input);
    }

    Either<OtaFailure, T> decode(
            VendorProtocol protocol, BackendCalls calls, Origin origin, Q input, HttpAnswer response) {
        return decoder.decode(
                protocol,
                new VendorResponse(
                        calls,
                        origin,
                        () -> description.subject.apply(input),
                        () -> description.target.apply(input),
                        response),
                input);
    }

    /** Whether a failure says that there is nothing to delete. */
    boolean isAbsent(OtaFailure failure) {
        return description.isAbsent.test(failure);
    }

    /**
     * The first part of an operation; {@link #json} or {@link #deleted} complete it. For one thread, used once.
     *
     * @param <Q> what the caller passes
     */
    public static final class Description<Q> {

        private final String name;
        private final Effect effect;
        private final List<Requirement<Q>> requirements = new ArrayList<>();
        private Function<Q, Message> subject = input -> Message.of("{0}", input);
        private Function<Q, Message> target = subject;
        private Predicate<Q> isBulk = input -> false;
        private Predicate<OtaFailure> isAbsent = OtaFailure.NotFound.class::isInstance;
        private Function<Q, VendorRequest> request = input -> {
            throw new IllegalStateException("no request");
        };

        private Description(String name, Effect effect) {
            this.name = name;
            this.effect = effect;
        }

        /** What is requested, in a pattern with the input's name as argument, such as {@code firmware {0}}. */
        public Description<Q> of(String pattern, Function<Q, ?> argument) {
            return of(input -> Message.of(pattern, argument.apply(input)));
        }

        /** What is requested, as it may stand in a message, such as {@code firmware f1}. */
        public Description<Q> of(Function<Q, Message> newSubject) {
            return of(newSubject, newSubject);
        }

        /**
         * What is requested, and what must exist for it.
         *
         * @param newSubject what is requested, such as {@code the deletion of firmware f1}
         * @param newTarget what must exist for it, such as {@code firmware f1}
         */
        public Description<Q> of(Function<Q, Message> newSubject, Function<Q, Message> newTarget) {
            subject = newSubject;
            target = newTarget;
            return this;
        }

        /** The vendor's rule for a text; another text is {@link OtaFailure.Rejected}. */
        public Description<Q> valid(TextRule rule, Function<Q, String> text) {
            return requires((client, origin, input) ->
                    client.calls().check(origin, rule, text.apply(input)).swap().toOption());
        }

        /** The same for a text that may be absent. */
        public Description<Q> validIfPresent(TextRule rule, Function<Q, Option<String>> text) {
            return requires((client, origin, input) -> text.apply(input)
                    .flatMap(given ->
                            client.calls().check(origin, rule, given).swap().toOption()));
        }

        /** A capability that some inputs need; such an input is {@link OtaFailure.Unsupported} on a backend without it. */
        public Description<Q> needs(Capability capability, Predicate<Q> isNeeded) {
            return requires((client, origin, input) -> isNeeded.test(input)
                    ? client.capabilities().require(origin, capability).swap().toOption()
                    : Option.none());
        }

        /** Any other requirement: why it is not met, or nothing. */
        public Description<Q> requires(Function<Origin, Option<OtaFailure>> violation) {
            return requires((client, origin, input) -> violation.apply(origin));
        }

        private Description<Q> requires(Requirement<Q> requirement) {
            requirements.add(requirement);
            return this;
        }

        /** Which inputs belong to a long pagination, and are sent after those for which a user waits. */
        public Description<Q> inBulk(Predicate<Q> newIsBulk) {
            isBulk = newIsBulk;
            return this;
        }

        /** By which failures the vendor says that there is nothing to delete; by default {@link OtaFailure.NotFound}. */
        public Description<Q> absentIf(Predicate<OtaFailure> newIsAbsent) {
            isAbsent = newIsAbsent;
            return this;
        }

        /** The request of an input that meets the requirements. The body of a change is sent at most once. */
        public Description<Q> request(Function<Q, VendorRequest> newRequest) {
            request = newRequest;
            return this;
        }

        /**
         * The operation whose success is JSON.
         *
         * @param mapping the result, or what the response lacks or holds wrongly. It also checks that the response is about
         *     the input
         */
        public <D, T> Operation<Q, T> json(JsonReader<D> reader, BiFunction<Q, D, Either<String, T>> mapping) {
            return new Operation<>(
                    this,
                    (protocol, response, input) -> protocol.decode(response, reader, dto -> mapping.apply(input, dto)));
        }

        /** The deletion. */
        public Operation<Q, Deletion> deleted() {
            return new Operation<>(this, (protocol, response, input) -> protocol.decodeDeletion(response));
        }
    }
}
