package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otabridge.contracts.PortOperation.Effect;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Permission;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The behaviour that all operations of all ports have in common. The contracts of the ports extend it. An adapter
 * decodes responses in one place, so each failure scenario is applied to one read, one change and one deletion.
 * Scenarios that depend on the operation ({@link FailureScenario#dependsOnOperation()}) are applied to every
 * operation. A test class with {@link DecodersTestedElsewhere} runs only the latter.
 */
public interface OperationContract extends BackendContract {

    /**
     * Returns the operations of contracts in other packages, bound to arguments that exist at the vendor. Adds to the
     * vendor what they need.
     */
    default List<PortOperation> moreOperations() {
        return List.empty();
    }

    @ParameterizedTest
    @ArgumentsSource(FailureScenarioProvider.class)
    default void returns_the_expected_failure_for(FailureScenario scenario) {
        assumeTrue(supportsScenario(scenario), scenario + " cannot occur with this backend");
        List<PortOperation> operations = PortOperations.of(this);
        List<PortOperation> played = scenario.dependsOnOperation()
                ? operations
                : operations
                        .filter(operation -> operation.effect().hasOwnDecoder())
                        .distinctBy(PortOperation::effect);
        List<PortOperation> changes =
                played.filter(operation -> operation.effect().isChange());

        if (changes.nonEmpty() && !scenario.affectsMembers()) {
            List<Either<OtaFailure, ?>> before = predictions(operations);
            givenFailureOnChanges(scenario);
            each(changes, change -> {
                OtaFailure failure = failure(change, scenario);
                expectFailure(failure, change.expected(scenario, failure.status()), scenario);
            });
            assertThat(predictions(operations)).as("nothing has changed").isEqualTo(before);
        }
        givenFailure(scenario);
        each(played.removeAll(changes), query -> expectFailure(failure(query, scenario), scenario));
    }

    private OtaFailure failure(PortOperation operation, FailureScenario scenario) {
        return operation.call().apply(backend(scenario)).getLeft();
    }

    /** Returns the predictions of the dry runs, which reflect the state at the vendor. They change nothing. */
    private List<Either<OtaFailure, ?>> predictions(List<PortOperation> operations) {
        return operations
                .filter(operation -> operation.effect() == Effect.DRY_RUN)
                .map(dryRun -> {
                    Either<OtaFailure, ?> result = dryRun.call().apply(backend());
                    assertThat(result.isRight()).as(dryRun + ": " + result).isTrue();
                    return result;
                });
    }

    @Test
    default void returns_cancelled_on_an_interrupted_thread() {
        List<PortOperation> operations = PortOperations.of(this);
        givenFailure(FailureScenario.RESPONSE_TIMEOUT);

        each(
                operations,
                operation -> expectCancelledAndStillInterrupted(
                        () -> operation.call().apply(backend())));
    }

    @Test
    default void names_the_permission_of_each_operation() {
        List<String> known = backend().permissions().all().map(Permission::operation);
        assumeTrue(known.nonEmpty(), "the adapter knows no permissions");
        for (Capability capability : backend().capabilities().supported()) {
            if (capability.isOperation()) {
                assertThat(backend().permissions().needed(capability))
                        .as(capability.code())
                        .isNotEmpty();
            }
        }
        List<PortOperation> operations = PortOperations.of(this);
        List<PortOperation> changes =
                operations.filter(operation -> operation.effect().isChange());

        if (changes.nonEmpty()) {
            givenFailureOnChanges(FailureScenario.VENDOR_OUTAGE);
            each(
                    changes,
                    change -> assertThat(known)
                            .contains(failure(change, FailureScenario.VENDOR_OUTAGE)
                                    .operation()));
        }
        givenFailure(FailureScenario.VENDOR_OUTAGE);
        each(
                operations,
                operation -> assertThat(known)
                        .contains(failure(operation, FailureScenario.VENDOR_OUTAGE)
                                .operation()));
    }

    private static void each(List<PortOperation> operations, Consumer<PortOperation> check) {
        assertThat(operations).allSatisfy(check::accept);
    }
}
