package io.otabridge.huawei;

import io.otabridge.domain.Deletion;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.InvalidValue;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.page.PageToken;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.HttpAnswer;
import io.otabridge.http.JsonReader;
import io.otabridge.http.VendorReport;
import io.otabridge.http.VendorRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Sends a question or a change to IoTDA, judges the answer and reads it. Safe for many threads. */
final class HuaweiCalls {

    /** What every question about a product is held to. */
    static final TextRule PRODUCT = TextRule.matching(
            "Huawei product id", "[a-zA-Z0-9_-]{1,36}", "1 to 36 letters, digits, underscores and hyphens");

    /** The forms of generated ids in IoTDA's documents: 24 digits, 32 digits, and a UUID with hyphens. */
    private static final Pattern GENERATED =
            Pattern.compile("[0-9a-fA-F]{24}|[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final int NO_CONTENT = 204;

    private final BackendCalls calls;
    private final boolean isDry;

    HuaweiCalls(BackendCalls calls) {
        this(calls, false);
    }

    /** @param isDry whether nothing that changes something is sent, and all of it answered as if it had been done */
    HuaweiCalls(BackendCalls calls, boolean isDry) {
        this.calls = calls;
        this.isDry = isDry;
    }

    /**
     * The one spelling of an id. IoTDA generates hexadecimal ids and compares them ignoring case, so they are in lower case
     * here. In an id of another form or length, which people may have chosen, upper and lower case may tell two products
     * apart.
     */
    static String canonical(String id) {
        return GENERATED.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : id;
    }

    /** Whether two ids are those of one thing. */
    static boolean isSameId(String received, String requested) {
        return canonical(received).equals(canonical(requested));
    }

    /** Whether two ids are those of one product. */
    static boolean isSame(ProductId received, ProductId requested) {
        return isSameId(received.value(), requested.value());
    }

    /** Passes on a text that the vendor would accept, or that is absent; a failure for another, before anything is sent. */
    Either<OtaFailure, Option<String>> check(Origin origin, TextRule rule, Option<String> text) {
        return text.map(given -> calls.check(origin, rule, given).map(Option::some))
                .getOrElse(Either.right(Option.none()));
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

    /** The same for a page: one after the first belongs to a walk. */
    <D, T> Either<OtaFailure, T> askForPage(
            Origin origin,
            boolean isFirst,
            String subject,
            VendorRequest request,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        return isFirst
                ? ask(origin, subject, request, reader, mapping)
                : calls.askInBulk(origin, request, answer -> read(origin, subject, answer, reader, mapping));
    }

    /**
     * Sends a call that changes something, and reads its answer.
     *
     * @param subject what is changed, as it may stand in a message
     * @param meant what it is to become, which is the answer of a dry run
     */
    <D, T> Either<OtaFailure, T> change(
            Origin origin,
            String subject,
            VendorRequest request,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping,
            T meant) {
        return isDry
                ? Either.right(meant)
                : calls.change(origin, request, answer -> read(origin, subject, answer, reader, mapping));
    }

    private <D, T> Either<OtaFailure, T> read(
            Origin origin,
            String subject,
            HttpAnswer answer,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        if (!answer.isSuccess()) {
            return Either.left(failure(origin, subject, answer, HuaweiFailures.report(answer, calls.redactor())));
        }
        return reader.read(answer.body())
                .flatMap(mapping)
                .mapLeft(reason -> unreadable(origin, subject, answer, reason));
    }

    /**
     * Sends a call that deletes something. Only the documented 204 means that it has: any other success, such as the page of
     * a proxy, has not been said by IoTDA.
     *
     * @param subject what is deleted, as it may stand in a message
     * @param look finds it, if it still exists. IoTDA does not document how it refuses to delete what does not
     */
    Either<OtaFailure, Deletion> delete(
            Origin origin, String subject, VendorRequest request, Supplier<? extends Either<OtaFailure, ?>> look) {
        if (isDry) {
            return Either.right(Deletion.DELETED);
        }
        return calls.delete(
                origin,
                request,
                answer -> answer.status() == NO_CONTENT
                        ? Either.right(Deletion.DELETED)
                        : orAbsent(Either.left(notDeleted(origin, subject, answer))),
                () -> isNotFound(look.get()));
    }

    private OtaFailure notDeleted(Origin origin, String subject, HttpAnswer answer) {
        return answer.isSuccess()
                ? unreadable(origin, subject, answer, "only status 204 says that it is deleted")
                : failure(origin, subject, answer, HuaweiFailures.report(answer, calls.redactor()));
    }

    /** What is not there need not be deleted. */
    static Either<OtaFailure, Deletion> orAbsent(Either<OtaFailure, Deletion> deletion) {
        return isNotFound(deletion) ? Either.right(Deletion.ABSENT) : deletion;
    }

    private static boolean isNotFound(Either<OtaFailure, ?> result) {
        return result.isLeft() && result.getLeft() instanceof OtaFailure.NotFound;
    }

    /** Some of Huawei's services report errors under status 200; an unreadable answer may be one. */
    private OtaFailure unreadable(Origin origin, String subject, HttpAnswer answer, String reason) {
        VendorReport report = HuaweiFailures.report(answer, calls.redactor());
        return report.code().isDefined()
                ? failure(origin, subject, answer, report)
                : calls.unreadable(origin, subject, reason, answer, HuaweiFailures.requestId(answer));
    }

    private OtaFailure failure(Origin origin, String subject, HttpAnswer answer, VendorReport report) {
        return calls.judged(HuaweiFailures.verdict(answer.status(), report.code()), origin, subject, answer, report);
    }

    /** The failure for a token that no list of this vendor made, or one of another list. */
    static OtaFailure foreignToken(Origin origin, PageToken from) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                InvalidValue.quoted(from.value()) + " is no place in this list of backend " + origin.backend(),
                "Use a token with the filter that it came from, or begin with the first page; nothing was sent"));
    }
}
