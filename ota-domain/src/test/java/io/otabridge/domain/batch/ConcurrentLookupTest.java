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
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();

    @AfterEach
    void leaves_no_thread() throws InterruptedException {
        assertThat(Thread.interrupted()).isFalse();
        workers.remove(Thread.currentThread());
        for (Thread worker : workers) {
            worker.join(30_000);
            assertThat(worker.isAlive()).as(worker.getName()).isFalse();
        }
    }

    @Test
    void answers_for_every_id_and_says_for_which() {
        assertThat(ConcurrentLookup.stream(List.range(0, 100), 8, this::doubled))
                .containsExactlyInAnyOrderElementsOf(
                        List.range(0, 100).map(id -> new BatchResult<>(id, Either.right(2 * id))));
    }

    @Test
    void asks_once_for_what_is_repeated() {
        assertThat(ConcurrentLookup.stream(List.of(1, 2, 1, 1, 2), 1, this::doubled)
                        .map(BatchResult::id))
                .containsExactlyInAnyOrder(1, 2);
        assertThat(calls).hasValue(2);
    }

    @Test
    void begins_when_the_first_answer_is_wanted() {
        Stream<BatchResult<Integer, Integer>> answers = ConcurrentLookup.stream(List.range(0, 3), 8, this::doubled);

        assertThat(calls).hasValue(0);
        assertThat(answers).hasSize(3);
        assertThat(calls).hasValue(3);
    }

    @Test
    void asks_nothing_for_no_ids() {
        assertThat(ConcurrentLookup.stream(List.<Integer>empty(), 8, this::doubled))
                .isEmpty();
        assertThat(workers).isEmpty();
    }

    @Test
    void asks_as_many_at_once_as_it_may_and_no_more() {
        CyclicBarrier three = new CyclicBarrier(3);

        assertThat(ConcurrentLookup.stream(List.range(0, 30), 3, id -> {
                    mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    await(three);
                    underWay.decrementAndGet();
                    return doubled(id);
                }))
                .hasSize(30);
        assertThat(mostAtOnce).hasValue(3);
        assertThat(workers)
                .hasSize(3)
                .allMatch(Thread::isDaemon)
                .allMatch(worker -> worker.getName().matches("ota-find-[0-9]+"));
    }

    @Test
    void is_ahead_of_its_consumer_by_twice_as_many_at_most() {
        CountDownLatch four = new CountDownLatch(4);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger mostAhead = new AtomicInteger();

        ConcurrentLookup.stream(List.range(0, 200), 2, id -> {
                    Either<OtaFailure, Integer> answer = doubled(id);
                    mostAhead.accumulateAndGet(calls.get() - taken.get(), Math::max);
                    four.countDown();
                    return answer;
                })
                .forEach(answer -> {
                    await(four);
                    taken.incrementAndGet();
                });

        assertThat(taken).hasValue(200);
        assertThat(mostAhead).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void gives_answers_as_they_come() {
        CountDownLatch secondIsTaken = new CountDownLatch(1);
        Iterator<BatchResult<Integer, Integer>> answers = ConcurrentLookup.stream(List.of(1, 2), 2, id -> {
                    if (id == 1) {
                        await(secondIsTaken);
                    }
                    return doubled(id);
                })
                .iterator();

        assertThat(answers.next().id()).isEqualTo(2);
        secondIsTaken.countDown();
        assertThat(answers.next().id()).isEqualTo(1);
        assertThat(answers.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(answers::next);
    }

    @Test
    void ends_nothing_for_a_failure() {
        OtaFailure outage = unavailable("gone");

        assertThat(ConcurrentLookup.stream(List.range(0, 50), 4, id -> id % 2 == 0 ? Either.left(outage) : doubled(id)))
                .hasSize(50)
                .filteredOn(answer -> answer.found().isLeft())
                .hasSize(25)
                .allMatch(answer -> answer.found().getLeft() == outage);
    }

    @Test
    void lets_a_mistake_through_and_ends() {
        CountDownLatch never = new CountDownLatch(1);
        Iterator<BatchResult<Integer, Integer>> answers = ConcurrentLookup.<Integer, Integer>stream(
                        List.range(0, 50), 4, id -> {
                            doubled(id);
                            if (id == 3) {
                                throw new IllegalStateException("a mistake");
                            }
                            return waiting(never);
                        })
                .iterator();

        assertThatIllegalStateException().isThrownBy(answers::hasNext).withMessage("a mistake");
        assertThat(answers.hasNext()).isFalse();
        assertThat(calls).hasValueLessThan(50);
    }

    @Test
    void lets_an_error_through() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ConcurrentLookup.stream(List.of(1), 1, id -> {
                            throw new AssertionError("broken");
                        })
                        .toList())
                .withMessage("broken");
    }

    @Test
    void lets_a_mistake_of_the_ids_through() {
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
    void asks_nothing_more_once_it_is_closed() {
        CountDownLatch never = new CountDownLatch(1);
        try (Stream<BatchResult<Integer, Integer>> answers =
                ConcurrentLookup.stream(List.range(0, 100), 2, id -> id == 0 ? doubled(id) : waiting(never))) {
            assertThat(answers.iterator().next().id()).isZero();
        }
        // The threads end, as their calls are interrupted.
        assertThat(calls).hasValueLessThan(5);
    }

    @Test
    void asks_nothing_if_it_is_closed_before() {
        Stream<BatchResult<Integer, Integer>> answers = ConcurrentLookup.stream(List.range(0, 100), 2, this::doubled);
        Iterator<BatchResult<Integer, Integer>> iterator = answers.iterator();
        answers.close();

        assertThat(iterator.hasNext()).isFalse();
        assertThat(calls).hasValue(0);
    }

    @Test
    void ends_if_another_thread_closes_it() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Stream<BatchResult<Integer, Integer>> answers = ConcurrentLookup.stream(List.range(0, 100), 1, id -> {
            asked.countDown();
            return waiting(never);
        });
        Thread closer = new Thread(() -> {
            await(asked);
            answers.close();
        });
        closer.start();

        assertThat(answers).hasSizeLessThanOrEqualTo(1);
        closer.join();
        assertThat(calls).hasValueLessThanOrEqualTo(1);
    }

    @Test
    void leaves_no_thread_if_nobody_closes_it() {
        assertThat(ConcurrentLookup.stream(List.range(0, 100), 2, this::doubled).limit(1))
                .hasSize(1);
        assertThat(calls).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void answers_for_what_is_left_after_an_interrupt() {
        Iterator<BatchResult<Integer, Integer>> answers = ConcurrentLookup.stream(
                        List.range(0, 1000), 4, this::unlessInterrupted)
                .iterator();
        BatchResult<Integer, Integer> first = answers.next();
        Thread.currentThread().interrupt();

        List<BatchResult<Integer, Integer>> rest = List.ofAll(() -> answers);

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(rest.prepend(first).map(BatchResult::id)).containsExactlyInAnyOrderElementsOf(List.range(0, 1000));
        assertThat(rest.last().found().getLeft()).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(calls).as("those begun before, and one").hasValueLessThanOrEqualTo(9);
    }

    @Test
    void asks_once_on_a_thread_that_is_interrupted_already() {
        Thread.currentThread().interrupt();
        List<BatchResult<Integer, Integer>> answers =
                List.ofAll(ConcurrentLookup.stream(List.range(0, 100), 4, this::unlessInterrupted)
                        .toList());

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(answers)
                .hasSize(100)
                .allMatch(answer -> answer.found().getLeft().summary().equals("interrupted"));
        assertThat(calls).hasValue(1);
        assertThat(workers).containsOnly(Thread.currentThread());
    }

    @Test
    void keeps_what_was_answered_before_an_interrupt() {
        CountDownLatch four = new CountDownLatch(4);
        Iterator<BatchResult<Integer, Integer>> answers = ConcurrentLookup.stream(List.range(0, 4), 2, id -> {
                    Either<OtaFailure, Integer> answer = unlessInterrupted(id);
                    four.countDown();
                    return answer;
                })
                .iterator();
        assertThat(answers.next().found().isRight()).isTrue();
        await(four);
        Thread.currentThread().interrupt();

        List<BatchResult<Integer, Integer>> rest = List.ofAll(() -> answers);

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(rest).hasSize(3);
        // The last was perhaps not handed over yet when it was looked for.
        assertThat(rest.count(answer -> answer.found().isRight())).isGreaterThanOrEqualTo(1);
    }

    @Test
    void ends_a_wait_for_answers_when_interrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Thread consumer = Thread.currentThread();
        List<BatchResult<Integer, Integer>> answers = List.ofAll(ConcurrentLookup.stream(List.range(0, 20), 2, id -> {
                    if (id == 1) {
                        consumer.interrupt();
                    }
                    return waiting(never);
                })
                .toList());

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(answers).hasSize(20).allMatch(answer -> answer.found().isLeft());
    }

    @Test
    void asks_one_by_one_after_an_interrupt_that_no_call_notices() {
        Thread.currentThread().interrupt();

        assertThat(ConcurrentLookup.stream(List.range(0, 10), 4, this::doubled)).hasSize(10);

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(workers).containsOnly(Thread.currentThread());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65, Integer.MAX_VALUE})
    void refuses_to_ask_so_many_at_once(int concurrency) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConcurrentLookup.stream(List.of(1), concurrency, this::doubled))
                .withMessage("from 1 to 64 can be asked for at the same time, but not " + concurrency);
    }

    private Either<OtaFailure, Integer> doubled(int id) {
        workers.add(Thread.currentThread());
        calls.incrementAndGet();
        return Either.right(2 * id);
    }

    private Either<OtaFailure, Integer> unlessInterrupted(int id) {
        Either<OtaFailure, Integer> answer = doubled(id);
        return Thread.currentThread().isInterrupted() ? Either.left(interrupted()) : answer;
    }

    /** As a port does that waits for an answer. */
    private Either<OtaFailure, Integer> waiting(CountDownLatch answer) {
        workers.add(Thread.currentThread());
        calls.incrementAndGet();
        return await(answer);
    }

    private static Either<OtaFailure, Integer> await(CountDownLatch answer) {
        try {
            return answer.await(30, TimeUnit.SECONDS) ? Either.right(0) : Either.left(unavailable("late"));
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
        return new OtaFailure.Unavailable(FailureDetails.of(ORIGIN, summary, "Ask again"));
    }
}
