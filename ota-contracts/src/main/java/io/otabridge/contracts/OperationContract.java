package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otabridge.contracts.PortOperation.Effect;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * What every operation of every port does, whatever it is for; the contracts of the ports extend it. Responses are decoded in
 * one place, so that each failure scenario is played to one operation of each kind: a read, a change and a deletion. The
 * scenarios that depend on what an operation reads ({@link FailureScenario#isOfEachOperation()}) are played to all of them. A test class
 * with {@link DecodersProvedElsewhere} leaves out the other scenarios.
 */
public interface OperationContract extends BackendContract {

    @ParameterizedTest
    @ArgumentsSource(PlayedScenarios.class)
    default void answers_the_right_failure_when(FailureScenario trouble) {
        assumeTrue(canBefall(trouble), trouble + " cannot befall this backend");
        List<PortOperation> operations = PortOperations.of(this);
        List<PortOperation> played = trouble.isOfEachOperation()
                ? operations
                : operations
                        .filter(operation -> operation.effect().isDecodedApart())
                        .distinctBy(PortOperation::effect);
        List<PortOperation> changes =
                played.filter(operation -> operation.effect().isChange());

        if (changes.nonEmpty() && !trouble.isAboutMembers()) {
            List<Either<OtaFailure, ?>> before = foreseen(operations);
            givenTroubleWithChanges(trouble);
            each(changes, change -> expectFailureOfChange(failure(change, trouble), trouble));
            assertThat(foreseen(operations)).as("nothing has changed").isEqualTo(before);
        }
        givenTrouble(trouble);
        each(played.removeAll(changes), query -> expectFailure(failure(query, trouble), trouble));
    }

    private OtaFailure failure(PortOperation operation, FailureScenario trouble) {
        return operation.call().apply(backend(trouble)).getLeft();
    }

    /** What the dry runs foresee, which is the state of what the changes are about; they send no change. */
    private List<Either<OtaFailure, ?>> foreseen(List<PortOperation> operations) {
        return operations
                .filter(operation -> operation.effect() == Effect.DRY_RUN)
                .map(dryRun -> {
                    Either<OtaFailure, ?> result = dryRun.call().apply(backend());
                    assertThat(result.isRight()).as(dryRun + ": " + result).isTrue();
                    return result;
                });
    }

    @Test
    default void answers_an_interrupted_thread() {
        List<PortOperation> operations = PortOperations.of(this);
        givenTrouble(FailureScenario.NO_ANSWER_IN_TIME);

        each(
                operations,
                operation -> expectCancelledAndStillInterrupted(
                        () -> operation.call().apply(backend())));
    }

    private static void each(List<PortOperation> operations, Consumer<PortOperation> check) {
        assertThat(operations).allSatisfy(check::accept);
    }
}
