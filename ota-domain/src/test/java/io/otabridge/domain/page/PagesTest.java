package io.otabridge.domain.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaException;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PagesTest {

    private static final OperationContext ORIGIN = new OperationContext("prod", Vendor.of("memory"), "List");
    private static final OtaFailure FAILURE =
            new OtaFailure.Unavailable(FailureDetails.of(ORIGIN, "It does not exist", "Retry"));

    private final AtomicInteger requests = new AtomicInteger();

    /** Two items per page. */
    private final Pages<Integer> five = Pages.of(from -> page(from, 5, Integer.MAX_VALUE));

    private final Pages<Integer> unreachable = Pages.of(from -> page(from, 5, 0));
    private final Pages<Integer> broken = Pages.of(from -> page(from, 5, 2));

    @Test
    void returns_the_complete_list() {
        assertThat(five.toList()).isEqualTo(Either.right(List.of(0, 1, 2, 3, 4)));
        assertThat(requests).hasValue(3);
    }

    @Test
    void returns_an_empty_list_if_there_is_no_item() {
        Pages<Integer> empty = Pages.of(from -> Either.right(Page.last(List.empty())));

        assertThat(empty.toList()).isEqualTo(Either.right(List.empty()));
        assertThat(empty.forEach(item -> {})).isEqualTo(Either.right(0L));
        assertThat(empty.stream()).isEmpty();
    }

    @Test
    void passes_each_item_to_a_consumer_and_returns_their_number() {
        java.util.List<Integer> received = new ArrayList<>();

        assertThat(five.forEach(received::add)).isEqualTo(Either.right(5L));

        assertThat(received).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void starts_a_new_pagination_for_each_terminal_method() {
        assertThat(five.toList()).isEqualTo(five.toList());
        assertThat(five.stream()).hasSize(5);
        assertThat(five.stream()).hasSize(5);
        assertThat(five.forEach(item -> {})).isEqualTo(Either.right(5L));

        assertThat(requests).hasValue(15);
    }

    @Test
    void requests_nothing_before_a_terminal_method() {
        Stream<Integer> stream = five.filter(item -> item > 1).stream().map(item -> item + 1);

        assertThat(stream).isNotNull();
        assertThat(requests).hasValue(0);
    }

    @Test
    void requests_every_page_to_count_a_stream() {
        assertThat(five.stream().count()).isEqualTo(5);
        assertThat(requests).hasValue(3);
    }

    @Test
    void never_counts_an_unreachable_list_as_empty() {
        for (Function<Stream<Integer>, ?> terminal : List.<Function<Stream<Integer>, ?>>of(
                Stream::count,
                Stream::toList,
                Stream::findAny,
                stream -> stream.parallel().count())) {
            OtaException thrown = catchThrowableOfType(OtaException.class, () -> terminal.apply(unreachable.stream()));

            assertThat(thrown.failure()).isSameAs(FAILURE);
            assertThat(thrown).hasMessage("It does not exist. Retry");
        }
        assertThat(unreachable.toList()).isEqualTo(Either.left(FAILURE));
        assertThat(unreachable.forEach(item -> {})).isEqualTo(Either.left(FAILURE));
        assertThat(unreachable.page(PageToken.FIRST)).isEqualTo(Either.left(FAILURE));
    }

    @Test
    void returns_no_part_of_a_list() {
        assertThat(broken.toList()).isEqualTo(Either.left(FAILURE));
    }

    @Test
    void passes_on_the_items_before_a_failure() {
        java.util.List<Integer> consumed = new ArrayList<>();
        java.util.List<Integer> streamed = new ArrayList<>();

        assertThat(broken.forEach(consumed::add)).isEqualTo(Either.left(FAILURE));
        assertThatExceptionOfType(OtaException.class)
                .isThrownBy(() -> broken.stream().forEach(streamed::add));

        assertThat(consumed).containsExactly(0, 1, 2, 3);
        assertThat(streamed).containsExactly(0, 1, 2, 3);
    }

    @Test
    void throws_again_if_a_failed_stream_is_used() {
        Iterator<Integer> items = broken.stream().iterator();
        IntStream.range(0, 4).forEach(item -> assertThat(items.next()).isEqualTo(item));

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatExceptionOfType(OtaException.class).isThrownBy(items::hasNext);
            assertThatExceptionOfType(OtaException.class).isThrownBy(items::next);
        }
        assertThat(requests).hasValue(3);
    }

    @Test
    void requests_no_page_after_one_that_failed() {
        assertThat(broken.toList().isLeft()).isTrue();

        assertThat(requests).hasValue(3);
    }

    @Test
    void requests_no_page_after_the_consumer_has_stopped() {
        assertThat(five.stream().limit(2)).containsExactly(0, 1);
        assertThat(five.stream().takeWhile(item -> item < 1)).containsExactly(0);
        assertThat(five.stream().findFirst()).hasValue(0);

        assertThat(requests).hasValue(3);
    }

    @Test
    void does_not_fail_a_stream_that_stops_before_the_failure() {
        assertThat(broken.stream().limit(4)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void passes_on_what_the_consumer_throws() {
        IllegalStateException full = new IllegalStateException("disk full");

        assertThatIllegalStateException()
                .isThrownBy(() -> five.forEach(item -> {
                    throw full;
                }))
                .isSameAs(full);
        assertThatIllegalStateException()
                .isThrownBy(() -> five.stream().forEach(item -> {
                    throw full;
                }))
                .isSameAs(full);

        assertThat(requests).hasValue(2);
    }

    /** The exception may come from another backend that the consumer calls. */
    @Test
    void does_not_take_an_exception_of_the_consumer_for_a_failure_of_the_list() {
        OtaException another = new OtaException(FAILURE);

        assertThatExceptionOfType(OtaException.class)
                .isThrownBy(() -> five.forEach(item -> {
                    throw another;
                }))
                .isSameAs(another);
    }

    @Test
    void passes_on_what_an_adapter_throws() {
        Pages<Integer> faulty = Pages.of(from -> {
            throw new IllegalStateException("a bug");
        });

        assertThatIllegalStateException().isThrownBy(faulty::toList);
        assertThatIllegalStateException().isThrownBy(() -> faulty.stream().count());
        assertThatIllegalStateException().isThrownBy(() -> faulty.page(PageToken.FIRST));
    }

    @Test
    void rejects_null_before_a_request() {
        assertThatNullPointerException().isThrownBy(() -> five.forEach(null)).withMessage("consumer");
        assertThatNullPointerException().isThrownBy(() -> five.page(null)).withMessage("from");

        assertThat(requests).hasValue(0);
    }

    @Test
    void returns_one_page_and_its_successors_by_token() {
        Page<Integer> first = five.page(PageToken.FIRST).get();
        Page<Integer> second = five.page(first.next().get()).get();
        Page<Integer> last =
                five.page(new PageToken(second.next().get().value())).get();

        assertThat(List.of(first, second, last).flatMap(Page::items)).containsExactly(0, 1, 2, 3, 4);
        assertThat(last.next()).isEmpty();
        assertThat(requests).hasValue(3);
    }

    @Test
    void filters_every_form_of_the_list() {
        Pages<Integer> odd = five.filter(item -> item % 2 == 1);

        assertThat(odd.toList()).isEqualTo(Either.right(List.of(1, 3)));
        assertThat(odd.forEach(item -> {})).isEqualTo(Either.right(2L));
        assertThat(odd.stream().count()).isEqualTo(2);
        assertThat(odd.page(PageToken.FIRST).map(Page::items)).isEqualTo(Either.right(List.of(1)));
        assertThat(odd.page(new PageToken("4"))).isEqualTo(Either.right(Page.last(List.empty())));
    }

    @Test
    void filters_no_failure() {
        Pages<Integer> none = broken.filter(item -> false);

        assertThat(none.toList()).isEqualTo(Either.left(FAILURE));
        assertThatExceptionOfType(OtaException.class)
                .isThrownBy(() -> none.stream().count());
    }

    @Test
    void can_be_shared_between_threads() {
        java.util.List<CompletableFuture<Either<OtaFailure, List<Integer>>>> all = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(five::toList))
                .toList();

        assertThat(all).allSatisfy(list -> assertThat(list.join().get()).containsExactly(0, 1, 2, 3, 4));
        assertThat(requests).hasValue(120);
    }

    @Test
    void counts_each_pagination_separately() {
        Pages<Integer> counted =
                CompleteListPaginator.byMarker(ORIGIN, "numbers", item -> item, from -> counted(from, 5));

        assertThat(counted.toList().get()).hasSize(5);
        assertThat(counted.toList().get()).hasSize(5);
        assertThat(counted.stream().count()).isEqualTo(5);
    }

    @Test
    void fails_at_the_end_of_a_list_that_is_shorter_than_announced() {
        for (Pages<Integer> tooShort : List.of(
                CompleteListPaginator.<Integer>byMarker(ORIGIN, "numbers", item -> item, from -> counted(from, 6)),
                CompleteListPaginator.<Integer>byPageNumber(
                        ORIGIN, "numbers", item -> item, from -> counted(from, 6)))) {
            java.util.List<Integer> received = new ArrayList<>();

            OtaFailure failure = tooShort.forEach(received::add).getLeft();

            assertThat(received).containsExactly(0, 1, 2, 3, 4);
            assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
            assertThat(failure.summary()).contains("announced 6 numbers and sent 5");
            assertThat(tooShort.toList()).isEqualTo(Either.left(failure));
            assertThat(tooShort.page(new PageToken("4"))).isEqualTo(Either.left(failure));
            assertThat(tooShort.page(PageToken.FIRST).isRight()).isTrue();
            assertThatExceptionOfType(OtaException.class)
                    .isThrownBy(() -> tooShort.stream().count())
                    .satisfies(thrown -> assertThat(thrown.failure()).isEqualTo(failure));
        }
    }

    /** @param broken the index of the first page that fails */
    private Either<OtaFailure, Page<Integer>> page(PageToken from, int size, int broken) {
        requests.incrementAndGet();
        int first = from.equals(PageToken.FIRST) ? 0 : Integer.parseInt(from.value());
        if (first / 2 >= broken) {
            return Either.left(FAILURE);
        }
        List<Integer> items = List.range(first, Math.min(size, first + 2));
        return Either.right(first + 2 < size ? Page.before(new PageToken("" + (first + 2)), items) : Page.last(items));
    }

    private Either<OtaFailure, VendorPage<Integer>> counted(PageToken from, long announced) {
        return page(from, 5, Integer.MAX_VALUE)
                .map(page -> new VendorPage<>(
                        page.items(),
                        page.next(),
                        page.items().lastOption().map(last -> last + 1L).getOrElse(0L),
                        Option.some(announced)));
    }
}
