package io.otabridge.aliyun.job;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Several lists one after the other, as one list. Each pagination first plans which lists it reads. */
final class SequencedPages<T> {

    /**
     * One of the lists.
     *
     * @param key unique among the lists of a plan; part of page tokens
     */
    record Part<T>(String key, Pages<T> pages) {}

    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,3}):(.*)", Pattern.DOTALL);

    private final OperationContext origin;
    private final Function<Option<String>, Either<OtaFailure, List<Part<T>>>> plan;

    private SequencedPages(OperationContext origin, Function<Option<String>, Either<OtaFailure, List<Part<T>>>> plan) {
        this.origin = origin;
        this.plan = plan;
    }

    /**
     * @param plan returns the lists; called for each pagination and each single page, with the key of the list that the
     *     page belongs to; absent for the first page
     */
    static <T> Pages<T> of(OperationContext origin, Function<Option<String>, Either<OtaFailure, List<Part<T>>>> plan) {
        SequencedPages<T> sequence = new SequencedPages<>(origin, plan);
        return Pages.of(sequence::page, () -> new Pagination<>(plan));
    }

    private Either<OtaFailure, Page<T>> page(PageToken from) {
        if (from.equals(PageToken.FIRST)) {
            return plan.apply(Option.none())
                    .flatMap(parts ->
                            parts.isEmpty() ? Either.right(Page.last(List.empty())) : page(parts, PageToken.FIRST));
        }
        Matcher token = TOKEN.matcher(from.value());
        int length = token.matches() ? Integer.parseInt(token.group(1)) : Integer.MAX_VALUE;
        if (length > from.value().length() - from.value().indexOf(':') - 1) {
            return Either.left(unknown(from));
        }
        String key = token.group(2).substring(0, length);
        PageToken inner = PageToken.of(token.group(2).substring(length));
        return plan.apply(Option.some(key)).flatMap(parts -> {
            List<Part<T>> rest = parts.dropWhile(part -> !part.key().equals(key));
            return rest.isEmpty() ? Either.left(unknown(from)) : page(rest, inner);
        });
    }

    private Either<OtaFailure, Page<T>> page(List<Part<T>> rest, PageToken inner) {
        Part<T> current = rest.head();
        return current.pages()
                .page(inner)
                .map(page -> new Page<>(
                        page.items(),
                        page.next()
                                .map(next -> token(current, next))
                                .orElse(() -> rest.tail().headOption().map(next -> token(next, PageToken.FIRST)))));
    }

    private static PageToken token(Part<?> part, PageToken inner) {
        return PageToken.of(part.key().length() + ":" + part.key() + inner.value());
    }

    private OtaFailure unknown(PageToken token) {
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of("Page token {0} belongs to another list, or the list has changed", token),
                Message.of("Start with the first page")));
    }

    /** Ends after the first failure. */
    private static final class Pagination<T> implements Iterator<Either<OtaFailure, T>> {

        private final Function<Option<String>, Either<OtaFailure, List<Part<T>>>> plan;
        private Iterator<Either<OtaFailure, T>> current = Collections.emptyIterator();
        private @Nullable List<Part<T>> rest;

        Pagination(Function<Option<String>, Either<OtaFailure, List<Part<T>>>> plan) {
            this.plan = plan;
        }

        @Override
        public boolean hasNext() {
            List<Part<T>> parts = rest == null ? start() : rest;
            while (!current.hasNext() && !parts.isEmpty()) {
                current = parts.head().pages().iterator();
                parts = parts.tail();
            }
            rest = parts;
            return current.hasNext();
        }

        @Override
        public Either<OtaFailure, T> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Either<OtaFailure, T> element = current.next();
            if (element.isLeft()) {
                current = Collections.emptyIterator();
                rest = List.empty();
            }
            return element;
        }

        private List<Part<T>> start() {
            Either<OtaFailure, List<Part<T>>> parts = plan.apply(Option.none());
            if (parts.isLeft()) {
                current = List.<Either<OtaFailure, T>>of(Either.left(parts.getLeft()))
                        .iterator();
                return List.empty();
            }
            return parts.get();
        }
    }
}
