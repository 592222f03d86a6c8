package io.otabridge.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConcurrentLookupTest {

    private static final OperationContext ORIGIN = new OperationContext("b", Vendor.of("memory"), "Find");

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger maxRunning = new AtomicInteger();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();

    @AfterEach
    void all_threads_end() throws InterruptedException {
        assertThat(Thread.interrupted()).isFalse();
        workers.remove(Thread.currentThread());
        for (Thread worker : workers) {
            worker.join(30_000);
            assertThat(worker.isAlive()).as(worker.getName()).isFalse();
        }
    }

    @Test
    void returns_a_result_for_each_id() {
        assertThat(ConcurrentLookup.stream(List.range(0, 100), 8, this::doubled))
                .containsExactlyInAnyOrderElementsOf(
                        List.range(0, 100).map(id -> new LookupResult<>(id, Either.right(2 * id))));
    }

    @Test
    void looks_up_a_repeated_id_once() {
        assertThat(ConcurrentLookup.stream(List.of(1, 2, 1, 1, 2), 1, this::doubled)
                        .map(LookupResult::id))
                .containsExactlyInAnyOrder(1, 2);
        assertThat(calls).hasValue(2);
    }

    @Test
    void starts_when_the_first_result_is_requested() {
        Stream<LookupResult<Integer, Integer>> results = ConcurrentLookup.stream(List.range(0, 3), 8, this::doubled);

        assertThat(calls).hasValue(0);
        assertThat(results).hasSize(3);
        assertThat(calls).hasValue(3);
    }

    @Test
    void makes_no_call_without_ids() {
        assertThat(ConcurrentLookup.stream(List.<Integer>empty(), 8, this::doubled))
                .isEmpty();
        assertThat(workers).isEmpty();
    }

    @Test
    void uses_the_full_concurrency_and_no_more() {
        CyclicBarrier three = new CyclicBarrier(3);

        assertThat(ConcurrentLookup.stream(List.range(0, 30), 3, id -> {
                    maxRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                    await(three);
                    running.decrementAndGet();
                    return doubled(id);
                }))
                .hasSize(30);
        assertThat(maxRunning).hasValue(3);
        assertThat(workers)
                .hasSize(3)
                .allMatch(Thread::isDaemon)
                .allMatch(worker -> worker.getName().matches("ota-find-[0-9]+"));
    }

    @Test
    void starts_at_most_twice_the_concurrency_ahead_of_its_consumer() {
        CountDownLatch four = new CountDownLatch(4);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger maxAhead = new AtomicInteger();

        ConcurrentLookup.stream(List.range(0, 200), 2, id -> {
                    Either<OtaFailure, Integer> result = doubled(id);
                    maxAhead.accumulateAndGet(calls.get() - taken.get(), Math::max);
                    four.countDown();
                    return result;
                })
                .forEach(result -> {
                    await(four);
                    taken.incrementAndGet();
                });

        assertThat(taken).hasValue(200);
        assertThat(maxAhead).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void returns_results_in_order_of_completion() {
        CountDownLatch secondIsTaken = new CountDownLatch(1);
        Iterator<LookupResult<Integer, Integer>> results = ConcurrentLookup.stream(List.of(1, 2), 2, id -> {
                    if (id == 1) {
                        await(secondIsTaken);
                    }
                    return doubled(id);
                })
                .iterator();

        assertThat(results.next().id()).isEqualTo(2);
        secondIsTaken.countDown();
        assertThat(results.next().id()).isEqualTo(1);
        assertThat(results.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
    }

    @Test
    void a_failure_does_not_end_the_stream() {
        OtaFailure outage = unavailable("gone");

        assertThat(ConcurrentLookup.stream(List.range(0, 50), 4, id -> id % 2 == 0 ? Either.left(outage) : doubled(id)))
                .hasSize(50)
                .filteredOn(result -> result.result().isLeft())
                .hasSize(25)
                .allMatch(result -> result.result().getLeft() == outage);
    }

    @Test
    void an_exception_ends_the_stream() {
        CountDownLatch never = new CountDownLatch(1);
        Iterator<LookupResult<Integer, Integer>> results = ConcurrentLookup.<Integer, Integer>stream(
                        List.range(0, 50), 4, id -> {
                            doubled(id);
                            if (id == 3) {
                                throw new IllegalStateException("a bug");
                            }
                            return waiting(never);
                        })
                .iterator();

        assertThatIllegalStateException().isThrownBy(results::hasNext).withMessage("a bug");
        assertThat(results.hasNext()).isFalse();
        assertThat(calls).hasValueLessThan(50);
    }

    @Test
    void rethrows_an_error() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ConcurrentLookup.stream(List.of(1), 1, id -> {
                            throw new AssertionError("broken");
                        })
                        .toList())
                .withMessage("broken");
    }

    @Test
    void rethrows_an_exception_of_the_ids() {
        Iterable<Integer> broken = () -> Stream.of(1, 2)
                .peek(id -> {
                    if (id == 2) {
                        throw new NullPointerException("no id");
                    }
                })
                .iterator();

        assertThatNullPointerException()
                .isThrownBy(
                        () -> ConcurrentLookup.stream(broken, 8, this::doubled).toList())
                .withMessage("no id");
    }

    @Test
    void makes_no_further_call_after_close() {
        CountDownLatch never = new CountDownLatch(1);
        try (Stream<LookupResult<Integer, Integer>> results =
                ConcurrentLookup.stream(List.range(0, 100), 2, id -> id == 0 ? doubled(id) : waiting(never))) {
            assertThat(results.iterator().next().id()).isZero();
        }
        // Closing interrupts the running calls.
        assertThat(calls).hasValueLessThan(5);
    }

    @Test
    void makes_no_call_if_closed_before_the_first_result() {
        Stream<LookupResult<Integer, Integer>> results = ConcurrentLookup.stream(List.range(0, 100), 2, this::doubled);
        Iterator<LookupResult<Integer, Integer>> iterator = results.iterator();
        results.close();

        assertThat(iterator.hasNext()).isFalse();
        assertThat(calls).hasValue(0);
    }

    @Test
    void ends_if_another_thread_closes_it() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Stream<LookupResult<Integer, Integer>> results = ConcurrentLookup.stream(List.range(0, 100), 1, id -> {
            called.countDown();
            return waiting(never);
        });
        Thread closer = new Thread(() -> {
            await(called);
            results.close();
        });
        closer.start();

        assertThat(results).hasSizeLessThanOrEqualTo(1);
        closer.join();
        assertThat(calls).hasValueLessThanOrEqualTo(1);
    }

    @Test
    void ends_its_threads_without_close() {
        assertThat(ConcurrentLookup.stream(List.range(0, 100), 2, this::doubled).limit(1))
                .hasSize(1);
        assertThat(calls).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void returns_a_result_for_each_remaining_id_after_an_interrupt() {
        Iterator<LookupResult<Integer, Integer>> results = ConcurrentLookup.stream(
                        List.range(0, 1000), 4, this::unlessInterrupted)
                .iterator();
        LookupResult<Integer, Integer> first = results.next();
        Thread.currentThread().interrupt();

        List<LookupResult<Integer, Integer>> rest = List.ofAll(() -> results);

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(rest.prepend(first).map(LookupResult::id)).containsExactlyInAnyOrderElementsOf(List.range(0, 1000));
        assertThat(rest.last().result().getLeft()).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(calls).as("calls before the interrupt and one after it").hasValueLessThanOrEqualTo(9);
    }

    @Test
    void makes_one_call_on_an_interrupted_thread() {
        Thread.currentThread().interrupt();
        List<LookupResult<Integer, Integer>> results =
                List.ofAll(ConcurrentLookup.stream(List.range(0, 100), 4, this::unlessInterrupted)
                        .toList());

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(results)
                .hasSize(100)
                .allMatch(result -> result.result().getLeft().summary().equals("interrupted"));
        assertThat(calls).hasValue(1);
        assertThat(workers).containsOnly(Thread.currentThread());
    }

    @Test
    void keeps_results_completed_before_an_interrupt() {
        CountDownLatch four = new CountDownLatch(4);
        Iterator<LookupResult<Integer, Integer>> results = ConcurrentLookup.stream(List.range(0, 4), 2, id -> {
                    Either<OtaFailure, Integer> result = unlessInterrupted(id);
                    four.countDown();
                    return result;
                })
                .iterator();
        assertThat(results.next().result().isRight()).isTrue();
        await(four);
        Thread.currentThread().interrupt();

        List<LookupResult<Integer, Integer>> rest = List.ofAll(() -> results);

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(rest).hasSize(3);
        // The last result may not have been queued yet when the interrupt was noticed.
        assertThat(rest.count(result -> result.result().isRight())).isGreaterThanOrEqualTo(1);
    }

    @Test
    void an_interrupt_ends_the_wait_for_results() {
        CountDownLatch never = new CountDownLatch(1);
        Thread consumer = Thread.currentThread();
        List<LookupResult<Integer, Integer>> results = List.ofAll(ConcurrentLookup.stream(List.range(0, 20), 2, id -> {
                    if (id == 1) {
                        consumer.interrupt();
                    }
                    return waiting(never);
                })
                .toList());

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(results).hasSize(20).allMatch(result -> result.result().isLeft());
    }

    @Test
    void continues_sequentially_if_no_call_notices_the_interrupt() {
        Thread.currentThread().interrupt();

        assertThat(ConcurrentLookup.stream(List.range(0, 10), 4, this::doubled)).hasSize(10);

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(workers).containsOnly(Thread.currentThread());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65, Integer.MAX_VALUE})
    void rejects_an_invalid_concurrency(int concurrency) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConcurrentLookup.stream(List.of(1), concurrency, this::doubled))
                .withMessage("concurrency must be 1 to 64 but is " + concurrency);
    }

    private Either<OtaFailure, Integer> doubled(int id) {
        workers.add(Thread.currentThread());
        calls.incrementAndGet();
        return Either.right(2 * id);
    }

    private Either<OtaFailure, Integer> unlessInterrupted(int id) {
        Either<OtaFailure, Integer> result = doubled(id);
        return Thread.currentThread().isInterrupted() ? Either.left(interrupted()) : result;
    }

    /** Blocks like a port that waits for a response. */
    private Either<OtaFailure, Integer> waiting(CountDownLatch result) {
        workers.add(Thread.currentThread());
        calls.incrementAndGet();
        return await(result);
    }

    private static Either<OtaFailure, Integer> await(CountDownLatch result) {
        try {
            return result.await(30, TimeUnit.SECONDS) ? Either.right(0) : Either.left(unavailable("late"));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Either.left(interrupted());
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static OtaFailure interrupted() {
        return new OtaFailure.Cancelled(unavailable("interrupted").details());
    }

    private static OtaFailure unavailable(String summary) {
        return new OtaFailure.Unavailable(FailureDetails.of(ORIGIN, summary, "Retry"));
    }
}
