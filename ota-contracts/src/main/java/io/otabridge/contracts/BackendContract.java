package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaException;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Permission;
import io.otabridge.domain.backend.Permissions;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The hooks and checks that all contracts share. It does not depend on HTTP.
 *
 * <p>Contracts also use fixed names. The vendor must accept the modules {@code MCU}, {@code modem}, {@code Radio} and
 * {@code Plain} and versions such as {@code 1.10.0}, and must have no products {@code anotherProduct} and
 * {@code 5ba24f5ebbe8f56f5a14f605}.
 */
public interface BackendContract {

    /** A page token that no backend issues. */
    PageToken FOREIGN_TOKEN = new PageToken("a token of another list");

    /** Returns the backend under test, the same instance throughout a test. */
    Backend backend();

    /** Returns the backend under test, with a deadline of one second for {@link FailureScenario#RESPONSE_TIMEOUT}. */
    default Backend backend(FailureScenario scenario) {
        return scenario == FailureScenario.RESPONSE_TIMEOUT ? backend().within(Duration.ofSeconds(1)) : backend();
    }

    /** Makes the vendor fail every request from now on as this scenario describes. */
    void givenFailure(FailureScenario scenario);

    /**
     * Makes the vendor fail every create, update and delete request from now on as this scenario describes. Reads work
     * as before.
     */
    void givenFailureOnChanges(FailureScenario scenario);

    /**
     * Returns whether this scenario can occur with this backend. A vendor without HTTP, for example, sends no
     * redirects. Scenarios that cannot occur are reported as skipped.
     */
    default boolean supportsScenario(FailureScenario scenario) {
        return true;
    }

    /** Returns the number of requests that the vendor has received since the test began. */
    int requestsSent();

    /**
     * Returns every text that must not appear in a failure: keys, secrets, tokens. Empty if the backend has none. The
     * simulated vendor should repeat them in its error messages, as real servers do.
     */
    List<String> secrets();

    @Test
    default void describes_itself_without_secrets() {
        Backend backend = backend();

        for (String text : List.of(
                backend.name(),
                backend.endpoint(),
                backend.authentication(),
                backend.vendor().name())) {
            assertThat(text).isNotBlank();
        }
        secrets()
                .forEach(secret -> assertThat(backend + backend.endpoint() + backend.authentication())
                        .doesNotContain(secret));
    }

    @Test
    default void names_an_alternative_for_each_missing_capability() {
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

    @ParameterizedTest
    @EnumSource
    default void an_operation_without_its_capability_is_unsupported_and_sends_nothing(Capability capability) {
        if (CapabilityCalls.prerequisite(capability).forAll(backend().capabilities()::has)) {
            CapabilityCalls.of(capability).forEach(call -> isSupported(capability, () -> call.apply(backend())));
        }
    }

    @Test
    default void names_permissions_only_for_its_capabilities() {
        Permissions permissions = backend().permissions();
        assertThat(permissions.policy().isDefined()).isEqualTo(permissions.all().nonEmpty());
        assertThat(permissions.all().flatMap(Permission::capabilities))
                .allMatch(backend().capabilities()::has);
        assertThat(permissions.all().map(Permission::operation)).doesNotHaveDuplicates();
    }

    /** Checks the type of a failure of a read, whether it is retryable, its backend and operation, and its advice. */
    default void expectFailure(OtaFailure failure, FailureScenario scenario) {
        expectFailure(failure, scenario.expected(), scenario);
    }

    /** Checks the same, with another type of failure. */
    default void expectFailure(OtaFailure failure, Class<? extends OtaFailure> kind, FailureScenario scenario) {
        assertThat(failure).isInstanceOf(kind);
        assertThat(failure.isRetryable()).as("retry may help").isEqualTo(scenario.isRetryable());
        expectOriginAndAdvice(failure);
    }

    /** Checks that a failure names its backend and operation, gives advice, and contains no secret. */
    default void expectOriginAndAdvice(OtaFailure failure) {
        assertThat(failure.backend()).isEqualTo(backend().name());
        assertThat(failure.details().origin().vendor()).isEqualTo(backend().vendor());
        assertThat(failure.operation()).isNotBlank();
        assertThat(failure.summary()).isNotBlank().doesNotEndWith(".");
        assertThat(failure.advice()).isNotBlank().doesNotEndWith(".");
        secrets().forEach(secret -> assertThat(failure.toString()).doesNotContain(secret));
    }

    /**
     * Returns whether the backend declares this capability. If it does not, checks that the call returns
     * {@link OtaFailure.Unsupported} for this capability and sends no request.
     */
    default boolean isSupported(Capability capability, Supplier<? extends Either<OtaFailure, ?>> call) {
        if (backend().capabilities().has(capability)) {
            return true;
        }
        int before = requestsSent();
        OtaFailure failure = call.get().getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(((OtaFailure.Unsupported) failure).capability()).isEqualTo(capability);
        assertThat(failure.summary()).contains(capability.description());
        expectOriginAndAdvice(failure);
        assertThat(requestsSent()).as("requests").isEqualTo(before);
        return false;
    }

    /**
     * Checks that a list fails in every form, streams that only count their elements included, while the vendor fails.
     */
    default void expectListFailure(Pages<?> list, FailureScenario scenario) {
        expectFailure(list.toList().getLeft(), scenario);
        expectFailure(
                list.forEach(item -> Assertions.fail("a list that cannot be read has " + item))
                        .getLeft(),
                scenario);
        for (Function<Stream<?>, ?> terminal :
                List.<Function<Stream<?>, ?>>of(Stream::count, Stream::findFirst, Stream::toList)) {
            OtaException thrown =
                    Assertions.catchThrowableOfType(OtaException.class, () -> terminal.apply(list.stream()));
            assertThat(thrown).isNotNull();
            expectFailure(thrown.failure(), scenario);
        }
    }

    /** Checks that a list whose second page fails passes on the items before it, and then the failure. */
    default <T> void expectFailureAfterItems(Pages<T> list, Iterable<T> existing) {
        List<T> received = new ArrayList<>();

        OtaFailure failure = list.forEach(item -> {
                    if (received.isEmpty()) {
                        givenFailure(FailureScenario.VENDOR_OUTAGE);
                    }
                    received.add(item);
                })
                .getLeft();

        expectFailure(failure, FailureScenario.VENDOR_OUTAGE);
        assertThat(received).isNotEmpty().isSubsetOf(existing).doesNotHaveDuplicates();
    }

    /**
     * Checks a deletion whose first response was lost. The result is {@link DeleteResult#NOT_FOUND_AFTER_RETRY} after a retry, and
     * {@link OtaFailure.OutcomeUnknown} without one.
     */
    default void expectGoneOrOutcomeUnknown(Either<OtaFailure, DeleteResult> deletion) {
        assertThat(deletion.contains(DeleteResult.NOT_FOUND_AFTER_RETRY)
                        || (deletion.isLeft() && deletion.getLeft() instanceof OtaFailure.OutcomeUnknown))
                .as(deletion.toString())
                .isTrue();
    }

    /**
     * Calls on an interrupted thread and checks that the result is {@link OtaFailure.Cancelled}, that nothing is
     * thrown, and that the interrupt flag stays set. Calls twenty times, because the effect of an interrupt depends on
     * where the call notices it.
     */
    default void expectCancelledAndStillInterrupted(Supplier<? extends Either<OtaFailure, ?>> call) {
        for (int i = 0; i < 20; i++) {
            Thread.currentThread().interrupt();
            Either<OtaFailure, ?> result = call.get();
            assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
            assertThat(result.getLeft()).isInstanceOf(OtaFailure.Cancelled.class);
        }
    }

    /** Makes the call forty times on eight threads and returns all results. */
    default <T> List<T> callConcurrently(Supplier<T> call) {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<T>> results = IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.supplyAsync(call, threads))
                    .toList();
            return results.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }
}
