package io.otabridge.client;

import io.otabridge.client.chain.Effect;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a vendor as data: its name, its effect, its requirements, its request and the decoder of its
 * response. {@link OperationClient} executes it. Immutable and safe for many threads.
 *
 * @param <Q> the input
 * @param <T> the result
 */
public final class Operation<Q, T> {

    /** A check of the input before a request is sent. An absent failure means that it is met. */
    @FunctionalInterface
    interface Requirement<Q> {
        Option<OtaFailure> violation(OperationClient client, OperationContext origin, Q input);
    }

    /** Decodes a response of any status. */
    @FunctionalInterface
    interface Decoder<Q, T> {
        Either<OtaFailure, T> decode(VendorResponseDecoder protocol, VendorResponse response, Q input);
    }

    private final String name;
    private final Effect effect;
    private final boolean isShared;
    private final List<Requirement<Q>> requirements;
    private final Function<Q, Message> subject;
    private final Function<Q, Message> target;
    private final Predicate<Q> isBulk;
    private final Predicate<OtaFailure> isAbsent;
    private final Function<Q, PreparedRequest> request;
    private final Decoder<Q, T> decoder;

    private Operation(Builder<Q> builder, Decoder<Q, T> decoder) {
        this.name = builder.name;
        this.effect = builder.effect;
        this.isShared = builder.isShared;
        this.requirements = List.copyOf(builder.requirements);
        this.subject = builder.subject;
        this.target = builder.target;
        this.isBulk = builder.isBulk;
        this.isAbsent = builder.isAbsent;
        if (builder.request == null) {
            throw new IllegalStateException("operation " + name + " has no request");
        }
        this.request = builder.request;
        this.decoder = decoder;
    }

    /**
     * Describes a read. It is retried where that may help, and coalesced with identical reads.
     *
     * @param name the vendor's name of the operation
     */
    public static <Q> Builder<Q> read(String name) {
        return new Builder<>(name, Effect.READ);
    }

    /** Describes a read whose result is for one caller only, such as a link for one upload. It is never coalesced. */
    public static <Q> Builder<Q> uncoalescedRead(String name) {
        Builder<Q> builder = read(name);
        builder.isShared = false;
        return builder;
    }

    /** Describes a change. It is sent at most once, unless the vendor throttles it. */
    public static <Q> Builder<Q> change(String name) {
        return new Builder<>(name, Effect.CHANGE);
    }

    /** Describes an idempotent deletion: ids of deleted things are not reused. It is retried like a read. */
    public static <Q> Builder<Q> deletion(String name) {
        return new Builder<>(name, Effect.IDEMPOTENT_CHANGE);
    }

    /** The vendor's name of the operation. */
    String name() {
        return name;
    }

    Effect effect() {
        return effect;
    }

    /**
     * @throws IllegalArgumentException if the operation has another effect, because a change sent as a read would be
     *     retried
     */
    void requireEffect(Effect... allowed) {
        if (!List.of(allowed).contains(effect)) {
            throw new IllegalArgumentException("operation " + name + " is " + effect + ", not " + List.of(allowed));
        }
    }

    /** Whether identical concurrent reads share one result. */
    boolean isShared() {
        return isShared;
    }

    Message subject(Q input) {
        return subject.apply(input);
    }

    boolean isBulk(Q input) {
        return isBulk.test(input);
    }

    Option<OtaFailure> violation(OperationClient client, OperationContext origin, Q input) {
        for (Requirement<Q> requirement : requirements) {
            Option<OtaFailure> violation = requirement.violation(client, origin, input);
            if (violation.isDefined()) {
                return violation;
            }
        }
        return Option.none();
    }

    PreparedRequest request(Q input) {
        return request.apply(input);
    }

    Either<OtaFailure, T> decode(
            VendorResponseDecoder protocol,
            BackendClient client,
            OperationContext origin,
            Q input,
            HttpResponse response) {
        return decoder.decode(
                protocol,
                new VendorResponse(client, origin, () -> subject.apply(input), () -> target.apply(input), response),
                input);
    }

    /** Whether a failure means that there is nothing to delete. */
    boolean isAbsent(OtaFailure failure) {
        return isAbsent.test(failure);
    }

    /**
     * Builds an operation. It needs a {@link #request}; {@link #json} or {@link #deleted} completes it. Requirements
     * are checked in the order in which they are added. Used by one thread and only once.
     *
     * @param <Q> the input
     */
    public static final class Builder<Q> {

        private final String name;
        private final Effect effect;
        private boolean isShared = true;
        private final List<Requirement<Q>> requirements = new ArrayList<>();
        private Function<Q, Message> subject = input -> Message.of("{0}", input);
        private Function<Q, Message> target = subject;
        private Predicate<Q> isBulk = input -> false;
        private Predicate<OtaFailure> isAbsent = OtaFailure.NotFound.class::isInstance;
        private boolean hidesResponse;
        private @Nullable Function<Q, PreparedRequest> request;

        private Builder(String name, Effect effect) {
            this.name = name;
            this.effect = effect;
        }

        /** What is requested, as a pattern with one argument, such as {@code firmware {0}}. Failures name it. */
        public Builder<Q> subject(String pattern, Function<Q, ?> argument) {
            return subject(input -> Message.of(pattern, argument.apply(input)));
        }

        /** What is requested, such as {@code firmware f1}. Failures name it. */
        public Builder<Q> subject(Function<Q, Message> newSubject) {
            return subject(newSubject, newSubject);
        }

        /**
         * What is requested, and what does not exist if the vendor reports {@link OtaFailure.NotFound}.
         *
         * @param newSubject what is requested, such as {@code the deletion of firmware f1}
         * @param newTarget what must exist for it, such as {@code firmware f1}
         */
        public Builder<Q> subject(Function<Q, Message> newSubject, Function<Q, Message> newTarget) {
            subject = newSubject;
            target = newTarget;
            return this;
        }

        /** The vendor's constraint for a text. A violation is {@link OtaFailure.Rejected}. */
        public Builder<Q> valid(StringConstraint constraint, Function<Q, String> text) {
            return requires((client, origin, input) -> client.client()
                    .check(origin, constraint, text.apply(input))
                    .swap()
                    .toOption());
        }

        /** The same for an optional text. */
        public Builder<Q> validIfPresent(StringConstraint constraint, Function<Q, Option<String>> text) {
            return requires((client, origin, input) -> text.apply(input)
                    .flatMap(present -> client.client()
                            .check(origin, constraint, present)
                            .swap()
                            .toOption()));
        }

        /** A capability that some inputs need. Without it they are {@link OtaFailure.Unsupported}. */
        public Builder<Q> needs(Capability capability, Predicate<Q> isNeeded) {
            return requires((client, origin, input) -> isNeeded.test(input)
                    ? client.capabilities().require(origin, capability).swap().toOption()
                    : Option.none());
        }

        /** Any other requirement: the failure if it is not met; absent otherwise. */
        public Builder<Q> requires(Function<OperationContext, Option<OtaFailure>> violation) {
            return requires((client, origin, input) -> violation.apply(origin));
        }

        private Builder<Q> requires(Requirement<Q> requirement) {
            requirements.add(requirement);
            return this;
        }

        /** Selects inputs that are later pages of a long list. Their requests yield to interactive requests. */
        public Builder<Q> inBulk(Predicate<Q> newIsBulk) {
            isBulk = newIsBulk;
            return this;
        }

        /** Which failures mean that there is nothing to delete; by default {@link OtaFailure.NotFound}. */
        public Builder<Q> absentIf(Predicate<OtaFailure> newIsAbsent) {
            isAbsent = newIsAbsent;
            return this;
        }

        /**
         * An operation whose response holds secrets of others, such as those of devices. A response that cannot be read
         * is then not quoted in failures and logs.
         */
        public Builder<Q> hidingResponse() {
            hidesResponse = true;
            return this;
        }

        /** The request for an input that meets the requirements. The body of a change is sent at most once. */
        public Builder<Q> request(Function<Q, PreparedRequest> newRequest) {
            request = newRequest;
            return this;
        }

        /**
         * An operation whose successful response is JSON.
         *
         * @param mapping returns the result, or what is missing or invalid in the response. It also checks that the
         *     response matches the input
         */
        public <D, T> Operation<Q, T> json(LenientJsonReader<D> reader, BiFunction<Q, D, Either<String, T>> mapping) {
            boolean isHidden = hidesResponse;
            return new Operation<>(
                    this,
                    (protocol, response, input) -> protocol.decode(response, reader, dto -> mapping.apply(input, dto))
                            .mapLeft(failure -> isHidden ? withoutQuote(failure) : failure));
        }

        /** A failure without an error code may quote the body. */
        private static OtaFailure withoutQuote(OtaFailure failure) {
            return failure.vendorCode().isDefined()
                    ? failure
                    : failure.withDetails(
                            failure.details().withVendorError(Option.none(), Option.none(), failure.requestId()));
        }

        /** A deletion; {@link VendorResponseDecoder#decodeDeletion} decodes its response. */
        public Operation<Q, DeleteResult> deleted() {
            return new Operation<>(this, (protocol, response, input) -> protocol.decodeDeletion(response));
        }
    }
}
