package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaException;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The hooks that all contracts share, and what all of them expect of a backend and of its failures. It knows no HTTP.
 *
 * <p>A contract asks for things of its own too, and for those the vendor must be ready: the modules {@code MCU},
 * {@code modem}, {@code Radio} and {@code Plain}, versions such as {@code 1.10.0}, and, as products that nobody knows,
 * {@code anotherProduct} and {@code 5ba24f5ebbe8f56f5a14f605}.
 */
public interface BackendContract {

    /** A token that no backend makes. */
    PageToken FOREIGN_TOKEN = new PageToken("a token of another list");

    /** The backend under test, the same one for the whole of a test. */
    Backend backend();

    /** The backend under test; in a hurry where the vendor answers too late, so that nobody waits long for the deadline. */
    default Backend backend(FailureScenario trouble) {
        return trouble == FailureScenario.NO_ANSWER_IN_TIME ? backend().within(Duration.ofSeconds(1)) : backend();
    }

    /** From now on the vendor is in this trouble, whatever it is asked. */
    void givenTrouble(FailureScenario trouble);

    /**
     * From now on the vendor is in this trouble whenever it is asked to create, change or delete something, and answers
     * questions as before.
     */
    void givenTroubleWithChanges(FailureScenario trouble);

    /** Whether this trouble can befall this backend; a vendor that does not speak HTTP sees no redirects. */
    default boolean canBefall(FailureScenario trouble) {
        return true;
    }

    /** How many requests the vendor has received since the test began. */
    int requestsSent();

    /**
     * Every text that must never be seen in a failure: keys, secrets, tokens. Empty if the backend has none. Let the vendor
     * repeat them where it refuses something, as servers do.
     */
    List<String> secrets();

    @Test
    default void tells_of_itself_without_a_secret() {
        Backend backend = backend();

        for (String told : List.of(
                backend.name(),
                backend.endpoint(),
                backend.authentication(),
                backend.vendor().name())) {
            assertThat(told).isNotBlank();
        }
        secrets()
                .forEach(secret -> assertThat(backend + backend.endpoint() + backend.authentication())
                        .doesNotContain(secret));
    }

    @Test
    default void says_what_to_do_instead_of_what_it_cannot() {
        for (Capability capability : Capability.values()) {
            boolean isDeclared = backend().capabilities().has(capability);
            assertThat(backend().capabilities().alternative(capability).isDefined())
                    .isNotEqualTo(isDeclared);
            backend()
                    .capabilities()
                    .alternative(capability)
                    .forEach(alternative -> assertThat(alternative).isNotBlank().doesNotEndWith("."));
        }
    }

    /** Checks the kind of a failure, what it says of a retry, and that it says where it comes from and what to do. */
    default void expectFailure(OtaFailure failure, FailureScenario trouble) {
        expectFailure(failure, trouble.expected(), trouble);
    }

    /** Checks the same of the failure of a change that was sent. */
    default void expectFailureOfChange(OtaFailure failure, FailureScenario trouble) {
        expectFailure(failure, trouble.expectedOfChange(), trouble);
    }

    private void expectFailure(OtaFailure failure, Class<? extends OtaFailure> kind, FailureScenario trouble) {
        assertThat(failure).isInstanceOf(kind);
        assertThat(failure.isRetryable()).as("retry may help").isEqualTo(trouble.isRetryable());
        expectOriginAndAdvice(failure);
    }

    /** Checks that a failure says where it comes from and what to do, and shows no secret. */
    default void expectOriginAndAdvice(OtaFailure failure) {
        assertThat(failure.backend()).isEqualTo(backend().name());
        assertThat(failure.details().origin().vendor()).isEqualTo(backend().vendor());
        assertThat(failure.operation()).isNotBlank();
        assertThat(failure.summary()).isNotBlank().doesNotEndWith(".");
        assertThat(failure.advice()).isNotBlank().doesNotEndWith(".");
        secrets().forEach(secret -> assertThat(failure.toString()).doesNotContain(secret));
    }

    /**
     * Whether the backend declares this capability. If it does not, checks that the call is refused for just that reason and
     * that nothing is sent.
     */
    default boolean can(Capability capability, Supplier<? extends Either<OtaFailure, ?>> call) {
        if (backend().capabilities().has(capability)) {
            return true;
        }
        int before = requestsSent();
        OtaFailure failure = call.get().getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(((OtaFailure.Unsupported) failure).capability()).isEqualTo(capability);
        assertThat(failure.summary()).contains(capability.words());
        expectOriginAndAdvice(failure);
        assertThat(requestsSent()).as("requests").isEqualTo(before);
        return false;
    }

    /** Checks that a list of a backend in trouble fails in every form that it has, also in those that only count. */
    default void expectNoEmptyList(Pages<?> list, FailureScenario trouble) {
        expectFailure(list.toList().getLeft(), trouble);
        expectFailure(
                list.forEach(item -> Assertions.fail("a list that cannot be read has " + item))
                        .getLeft(),
                trouble);
        for (Function<Stream<?>, ?> terminal :
                List.<Function<Stream<?>, ?>>of(Stream::count, Stream::findFirst, Stream::toList)) {
            OtaException thrown =
                    Assertions.catchThrowableOfType(OtaException.class, () -> terminal.apply(list.stream()));
            assertThat(thrown).isNotNull();
            expectFailure(thrown.failure(), trouble);
        }
    }

    /** Checks that a list whose later page fails passes on what came before, and then the failure. */
    default <T> void expectFailureAfterItems(Pages<T> list, Iterable<T> held) {
        List<T> received = new ArrayList<>();

        OtaFailure failure = list.forEach(item -> {
                    if (received.isEmpty()) {
                        givenTrouble(FailureScenario.VENDOR_OUTAGE);
                    }
                    received.add(item);
                })
                .getLeft();

        expectFailure(failure, FailureScenario.VENDOR_OUTAGE);
        assertThat(received).isNotEmpty().isSubsetOf(held).doesNotHaveDuplicates();
    }

    /**
     * Checks a deletion whose first response was lost: a retry says that it is not known who deleted, and without one the
     * deletion is {@code OutcomeUnknown}.
     */
    default void expectDoneOrLost(Either<OtaFailure, DeleteResult> deletion) {
        assertThat(deletion.contains(DeleteResult.GONE)
                        || (deletion.isLeft() && deletion.getLeft() instanceof OtaFailure.OutcomeUnknown))
                .as(deletion.toString())
                .isTrue();
    }

    /**
     * Calls on a thread that is interrupted already, many times, because what an interrupt does depends on where the call
     * is when it is noticed. The result must be {@code Cancelled}, nothing may be thrown, and the flag must stay.
     */
    default void expectCancelledAndStillInterrupted(Supplier<? extends Either<OtaFailure, ?>> question) {
        for (int i = 0; i < 20; i++) {
            Thread.currentThread().interrupt();
            Either<OtaFailure, ?> answer = question.get();
            assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
            assertThat(answer.getLeft()).isInstanceOf(OtaFailure.Cancelled.class);
        }
    }

    /** Every answer of one question asked by eight threads, forty times in all. */
    default <T> List<T> inManyThreads(Supplier<T> question) {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<T>> answers = IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.supplyAsync(question, threads))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }
}
