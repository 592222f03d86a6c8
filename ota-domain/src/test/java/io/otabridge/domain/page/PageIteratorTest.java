package io.otabridge.domain.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageIteratorTest {

    private static final OtaFailure FAILURE = new OtaFailure.Unavailable(
            FailureDetails.of(new OperationContext("b", Vendor.of("memory"), "List"), "It does not exist", "Retry"));

    private int fetched;

    @Test
    void requests_a_page_when_its_first_item_is_needed() {
        Stream<Either<OtaFailure, Integer>> endless = all(this::endless);

        assertThat(fetched).isZero();
        assertThat(endless.limit(25).map(Either::get))
                .hasSize(25)
                .startsWith(0, 1, 2)
                .endsWith(24);
        assertThat(fetched).isEqualTo(3);
    }

    @Test
    void skips_empty_pages() {
        assertThat(all(from -> {
                    fetched++;
                    return Either.right(
                            fetched < 4
                                    ? Page.before(new PageToken(String.valueOf(fetched)), List.empty())
                                    : Page.last(List.of(7)));
                }))
                .containsExactly(Either.right(7));
        assertThat(fetched).isEqualTo(4);
    }

    @Test
    void ends_with_the_failure_of_a_page() {
        assertThat(all(from -> from.equals(PageToken.FIRST)
                        ? Either.right(Page.before(new PageToken("2"), List.of(1, 2)))
                        : Either.left(FAILURE)))
                .containsExactly(Either.right(1), Either.right(2), Either.left(FAILURE));
    }

    @Test
    void is_empty_for_an_empty_list() {
        assertThat(all(from -> Either.right(Page.last(List.empty())))).isEmpty();
    }

    @Test
    void requests_only_the_pages_of_a_million_items() {
        assertThat(all(this::endless).limit(1_000_000).count()).isEqualTo(1_000_000);
        assertThat(fetched).isEqualTo(100_000);
    }

    @Test
    void has_no_element_after_a_failure() {
        Iterator<Either<OtaFailure, Integer>> iterator = new PageIterator<>(from -> Either.left(FAILURE));

        assertThat(iterator.next()).isEqualTo(Either.left(FAILURE));
        assertThat(iterator.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
    }

    private static Stream<Either<OtaFailure, Integer>> all(
            Function<PageToken, Either<OtaFailure, Page<Integer>>> fetch) {
        return PageIterator.stream(Pages.of(fetch));
    }

    private Either<OtaFailure, Page<Integer>> endless(PageToken from) {
        int first = from.equals(PageToken.FIRST) ? 0 : Integer.parseInt(from.value());
        fetched++;
        return Either.right(Page.before(new PageToken(String.valueOf(first + 10)), List.range(first, first + 10)));
    }
}
