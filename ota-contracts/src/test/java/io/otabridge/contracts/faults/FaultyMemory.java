package io.otabridge.contracts.faults;

import io.otabridge.contracts.InMemoryBackendTest;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.NewModule;
import io.vavr.control.Option;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The backend in memory with a fault, for faults in what Acme Shelf cannot do. Surefire does not see it either. */
final class FaultyMemory extends InMemoryBackendTest implements PlantedFault.Accomplice {

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
        throw new UnsupportedOperationException("it has no secret");
    }

    @Override
    public void add(NewModule module) {
        throw new UnsupportedOperationException("it keeps names unique");
    }
}
