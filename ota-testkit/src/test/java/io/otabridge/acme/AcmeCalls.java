package io.otabridge.acme;

import io.otabridge.domain.Capability;
import io.otabridge.domain.Deletion;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.page.PageToken;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.HttpAnswer;
import io.otabridge.http.JsonReader;
import io.otabridge.http.VendorRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;

/** Sends a question to Acme Shelf, judges the answer and reads it. Safe for many threads. */
final class AcmeCalls {

    static final TextRule PRODUCT =
            TextRule.matching("Acme product", "[A-Za-z0-9-]{1,32}", "1 to 32 letters, digits and hyphens");

    private static final TextRule PAGE =
            TextRule.matching("Acme page", "[0-9]{1,6}", "a number that a page gave as next");

    private final BackendCalls calls;

    AcmeCalls(BackendCalls calls) {
        this.calls = calls;
    }

    Origin origin(String operation) {
        return calls.origin(operation);
    }

    /** Goes on with a text that Acme Shelf would accept. */
    Either<OtaFailure, String> check(Origin origin, TextRule rule, String text) {
        return calls.check(origin, rule, text);
    }

    /** Goes on with what the backend declares. */
    Either<OtaFailure, Capability> require(Origin origin, Capability needed) {
        return AcmeBackend.CAPABILITIES.require(origin, needed);
    }

    /** The page to ask for; absent for the first. */
    Either<OtaFailure, Option<String>> page(Origin origin, PageToken from) {
        return from.equals(PageToken.FIRST)
                ? Either.right(Option.none())
                : check(origin, PAGE, from.value()).map(Option::some);
    }

    /**
     * Sends the call and reads its answer.
     *
     * @param subject what is asked for, as it may stand in a message
     */
    <D, T> Either<OtaFailure, T> ask(
            Origin origin,
            String subject,
            VendorRequest request,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        return calls.ask(origin, request, answer -> read(origin, subject, answer, reader, mapping));
    }

    /** Sends a call that changes something, which must not happen twice, and reads its answer. */
    <D, T> Either<OtaFailure, T> change(
            Origin origin,
            String subject,
            VendorRequest request,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        return calls.change(origin, request, answer -> read(origin, subject, answer, reader, mapping));
    }

    private <D, T> Either<OtaFailure, T> read(
            Origin origin,
            String subject,
            HttpAnswer answer,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        return answer.isSuccess()
                ? reader.read(answer.body())
                        .flatMap(mapping)
                        .mapLeft(reason -> unreadable(origin, subject, reason, answer))
                : Either.left(failure(origin, subject, answer));
    }

    /**
     * Sends a deletion. Acme Shelf answers it with 204, and with 404 if there is nothing to delete; any other success is not
     * documented.
     */
    Either<OtaFailure, Deletion> delete(Origin origin, String subject, VendorRequest request) {
        return calls.delete(
                origin,
                request,
                answer -> {
                    if (answer.status() == 204) {
                        return Either.right(Deletion.DELETED);
                    }
                    OtaFailure failure = answer.isSuccess()
                            ? unreadable(origin, subject, "the status is not 204", answer)
                            : failure(origin, subject, answer);
                    return failure instanceof OtaFailure.NotFound
                            ? Either.right(Deletion.ABSENT)
                            : Either.left(failure);
                },
                () -> false);
    }

    /** What would come of deleting what has been looked for. */
    static Either<OtaFailure, Deletion> foreseen(Either<OtaFailure, ?> look) {
        return look.isLeft() && look.getLeft() instanceof OtaFailure.NotFound
                ? Either.right(Deletion.ABSENT)
                : look.map(there -> Deletion.DELETED);
    }

    /** The details of a failure that is known without asking, or that no answer says. */
    static FailureDetails details(Origin origin, String summary, String advice) {
        return FailureDetails.of(origin, "Backend " + origin.backend() + " " + summary, advice);
    }

    private OtaFailure failure(Origin origin, String subject, HttpAnswer answer) {
        return AcmeFailures.of(calls, origin, subject, answer);
    }

    private OtaFailure unreadable(Origin origin, String subject, String reason, HttpAnswer answer) {
        return calls.unreadable(
                origin, io.otabridge.domain.Message.of(subject), reason, answer, AcmeFailures.requestId(answer));
    }
}
