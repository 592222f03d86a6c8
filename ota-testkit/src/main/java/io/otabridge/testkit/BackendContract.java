package io.otabridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.vavr.control.Either;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The hooks that all contracts share, and what all of them expect of a failure. It knows no HTTP. */
public interface BackendContract {

    /** The backend under test, the same one for the whole of a test. */
    Backend backend();

    /** From now on the vendor is in this trouble, whatever it is asked. */
    void givenTrouble(Trouble trouble);

    /**
     * From now on the vendor is in this trouble whenever it is asked to create, change or delete something, and answers
     * questions as before.
     */
    void givenTroubleWithChanges(Trouble trouble);

    /** Whether this trouble can befall this backend; a vendor that does not speak HTTP sees no redirects. */
    default boolean canBefall(Trouble trouble) {
        return true;
    }

    /** How many requests the vendor has received since the test began. */
    int requestsSent();

    /** Every text that must never be seen in a failure: keys, secrets, tokens. Empty if the backend has none. */
    List<String> secrets();

    /** Checks the kind of a failure, what it says of a retry, and that it says where it comes from and what to do. */
    default void expectFailure(OtaFailure failure, Trouble trouble) {
        assertThat(failure).isInstanceOf(trouble.expected());
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

    /**
     * Asks on a thread that is interrupted already, many times, because what an interrupt does depends on where the call
     * is when it is noticed. Nothing may be thrown and the flag must stay.
     */
    default void expectUnavailableAndStillInterrupted(Supplier<? extends Either<OtaFailure, ?>> question) {
        for (int i = 0; i < 20; i++) {
            Thread.currentThread().interrupt();
            Either<OtaFailure, ?> answer = question.get();
            assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
            assertThat(answer.getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
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
