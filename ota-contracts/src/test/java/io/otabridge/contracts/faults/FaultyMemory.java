package io.otabridge.contracts.faults;

import io.otabridge.contracts.InMemoryBackendTest;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.NewModule;
import io.vavr.control.Option;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contracts of the in-memory backend, with a planted fault in an operation that Acme Shelf lacks.
 * {@link PlantedFaultTest} runs it; Surefire ignores it because of its name.
 */
final class FaultyMemory extends InMemoryBackendTest implements PlantedFault.Access {

    private Option<PlantedFault> fault = Option.none();

    @RegisterExtension
    final BeforeEachCallback planting =
            context -> fault = Option.ofOptional(context.getConfigurationParameter(PlantedFaultTest.FAULT))
                    .map(PlantedFault::valueOf);

    @Override
    public Backend backend() {
        return fault.map(planted -> planted.in(super.backend(), this)).getOrElse(super.backend());
    }

    @Override
    public String secret() {
        throw new UnsupportedOperationException("the in-memory backend has no secrets");
    }

    @Override
    public void add(NewModule module) {
        throw new UnsupportedOperationException("the in-memory backend keeps module names unique");
    }
}
