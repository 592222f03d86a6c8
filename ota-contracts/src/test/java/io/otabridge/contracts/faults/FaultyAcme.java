package io.otabridge.contracts.faults;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.otabridge.acme.AcmeContractTest;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.NewModule;
import io.vavr.control.Option;
import java.util.EnumSet;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contracts of the adapter for Acme Shelf, with a planted fault. {@link PlantedFaultTest} runs it; Surefire
 * ignores it because of its name.
 */
final class FaultyAcme extends AcmeContractTest implements PlantedFault.Access {

    private Option<PlantedFault> fault = Option.none();
    private Option<Backend> faulty = Option.none();

    @RegisterExtension
    final BeforeEachCallback planting =
            context -> fault = Option.ofOptional(context.getConfigurationParameter(PlantedFaultTest.FAULT))
                    .map(PlantedFault::valueOf);

    @Override
    public Backend backend() {
        if (faulty.isEmpty()) {
            faulty = fault.map(planted -> planted.in(super.backend(), this)).orElse(Option.of(super.backend()));
        }
        return faulty.get();
    }

    /** Skips scenarios that detect no further faults, as each would cost retries and deadlines. */
    @Override
    public boolean supportsScenario(FailureScenario scenario) {
        return scenario.dependsOnOperation()
                || EnumSet.of(
                                FailureScenario.CREDENTIALS_REJECTED,
                                FailureScenario.WRONG_ADDRESS,
                                FailureScenario.THROTTLED)
                        .contains(scenario);
    }

    @Override
    public String secret() {
        return secrets().get(0);
    }

    @Override
    public void add(NewModule module) {
        shelf().addModule(JsonNodeFactory.instance
                .objectNode()
                .put("product", module.product().value())
                .put("name", module.name().value())
                .put("alias", module.alias().getOrNull())
                .put("description", module.description().getOrNull()));
    }
}
