package io.otabridge.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.domain.Deletion;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.HttpAnswer;
import io.otabridge.http.JsonReader;
import io.otabridge.http.VendorReport;
import io.otabridge.http.VendorRequest;
import io.otabridge.http.Verdict;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Sends a question or a change to the platform, judges the answer and reads it. Safe for many threads. */
final class AliyunCalls {

    private static final JsonReader<EnvelopeDto> ENVELOPE = JsonReader.of(EnvelopeDto.class);

    private static final EnvelopeDto DONE = new EnvelopeDto(null, true, null, null, null);

    private final BackendCalls calls;
    private final boolean isDry;
    private final AliyunFailures failures;

    AliyunCalls(BackendCalls calls, Dialect dialect) {
        this(calls, dialect, false);
    }

    /** @param isDry whether nothing that changes something is sent, and all of it answered as if it had been done */
    AliyunCalls(BackendCalls calls, Dialect dialect, boolean isDry) {
        this.calls = calls;
        this.isDry = isDry;
        this.failures = new AliyunFailures(dialect.remedies());
    }

    /**
     * Sends the call and reads its answer. A success needs both a status of 200 to 299 and {@code Success} true.
     *
     * @param subject what is asked for, as it may stand in a message
     */
    <D extends AnswerDto, T> Either<OtaFailure, T> ask(
            Origin origin,
            String subject,
            VendorRequest request,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        return calls.ask(origin, request, answer -> read(origin, subject, subject, answer, reader, mapping));
    }

    /** The same for a page: one after the first belongs to a walk. */
    <D extends AnswerDto, T> Either<OtaFailure, T> askForPage(
            Origin origin,
            boolean isFirst,
            String subject,
            VendorRequest request,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        return isFirst
                ? ask(origin, subject, request, reader, mapping)
                : calls.askInBulk(origin, request, answer -> read(origin, subject, subject, answer, reader, mapping));
    }

    /**
     * Sends a call that changes something; its whole answer is the envelope. A failure that leaves open whether it was done
     * says that repeating the command is safe.
     *
     * @param change what is to be done, as it may stand in a message, such as {@code the deletion of firmware f1}
     * @param thing what must be there for it, such as {@code firmware f1}
     */
    Either<OtaFailure, EnvelopeDto> change(Origin origin, String change, String thing, VendorRequest request) {
        return isDry
                ? Either.right(DONE)
                : calls.change(origin, request, answer -> read(origin, change, thing, answer, ENVELOPE, Either::right));
    }

    /**
     * The same for a deletion, which does no harm when it is done twice.
     *
     * @param saysAbsent whether a failure says that there is nothing to delete
     * @param look finds the thing, if it still exists
     */
    Either<OtaFailure, Deletion> delete(
            Origin origin,
            String deletion,
            String thing,
            VendorRequest request,
            Predicate<OtaFailure> saysAbsent,
            Supplier<? extends Either<OtaFailure, ?>> look) {
        if (isDry) {
            return Either.right(Deletion.DELETED);
        }
        return calls.delete(
                origin,
                request,
                answer -> orAbsent(
                        read(origin, deletion, thing, answer, ENVELOPE, Either::right)
                                .map(done -> Deletion.DELETED),
                        saysAbsent),
                () -> says(look.get(), saysAbsent));
    }

    /** What does not exist need not be deleted. */
    static Either<OtaFailure, Deletion> orAbsent(
            Either<OtaFailure, Deletion> deletion, Predicate<OtaFailure> saysAbsent) {
        return says(deletion, saysAbsent) ? Either.right(Deletion.ABSENT) : deletion;
    }

    static boolean says(Either<OtaFailure, ?> result, Predicate<OtaFailure> failure) {
        return result.isLeft() && failure.test(result.getLeft());
    }

    private <D extends AnswerDto, T> Either<OtaFailure, T> read(
            Origin origin,
            String subject,
            String thing,
            HttpAnswer answer,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        Option<T> success = plainSuccess(answer, reader, mapping);
        return success.isDefined()
                ? Either.right(success.get())
                : readClosely(origin, subject, thing, answer, reader, mapping);
    }

    /** What nearly every answer is, read at one go: JSON that says that it is a success, and can be mapped. */
    private static <D extends AnswerDto, T> Option<T> plainSuccess(
            HttpAnswer answer, JsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        return answer.isSuccess()
                ? reader.read(answer.body())
                        .toOption()
                        .filter(dto -> Boolean.TRUE.equals(dto.success()))
                        .flatMap(dto -> mapping.apply(dto).toOption())
                : Option.none();
    }

    /** Any answer, step by step, so that a failure can say all that the answer says. */
    private <D, T> Either<OtaFailure, T> readClosely(
            Origin origin,
            String subject,
            String thing,
            HttpAnswer answer,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        Either<String, JsonNode> body = AliyunBody.read(answer);
        Either<String, EnvelopeDto> envelope = body.flatMap(ENVELOPE::read);
        VendorReport report = AliyunFailures.report(envelope.toOption(), answer, calls.redactor());
        if (!answer.isSuccess() || envelope.exists(dto -> isFailure(dto, report))) {
            Verdict verdict = failures.verdict(answer.status(), report.code());
            OtaFailure failure = calls.judged(verdict, origin, subject, answer, report);
            return Either.left(
                    failure instanceof OtaFailure.NotFound
                            ? calls.judged(verdict, origin, thing, answer, report)
                            : failure);
        }
        return envelope.flatMap(AliyunCalls::insistOnSuccess)
                .flatMap(success -> body)
                .flatMap(reader::read)
                .flatMap(mapping)
                .mapLeft(reason -> calls.unreadable(origin, subject, reason, answer, report.requestId()));
    }

    /** A success says so; an answer that says nothing but an error code is a failure too. */
    private static boolean isFailure(EnvelopeDto envelope, VendorReport report) {
        return envelope.success() == null ? report.code().isDefined() : !envelope.success();
    }

    private static Either<String, EnvelopeDto> insistOnSuccess(EnvelopeDto envelope) {
        return envelope.success() == null ? Either.left("member Success is missing") : Either.right(envelope);
    }
}
