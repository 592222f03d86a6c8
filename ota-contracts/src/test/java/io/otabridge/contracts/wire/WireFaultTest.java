package io.otabridge.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.OtaFailure;
import io.otabridge.simulators.fault.ExpectedOutcome;
import io.otabridge.simulators.fault.Redirect;
import io.otabridge.simulators.fault.WireFault;
import io.otabridge.simulators.fault.WireFaultScenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the table of faults says by itself; the adapters' tests play them. */
class WireFaultTest {

    private static final URI ELSEWHERE = URI.create("http://127.0.0.1:1");

    @Test
    void is_described_as_it_is() throws IOException {
        WireFaultScenario[] redirects = Stream.of(301, 302, 303, 307, 308)
                .flatMap(status ->
                        Stream.of(Redirect.Destination.values()).map(to -> new Redirect(status, to, ELSEWHERE)))
                .toArray(WireFaultScenario[]::new);

        assertThat(Files.readString(Path.of("..", "docs", "fault-matrix.md")))
                .contains(FaultMatrixContract.rows(WireFault.values()))
                .contains(FaultMatrixContract.rows(redirects));
    }

    /** Whose fate is unknown, or who was understood and refused, is never asked for twice. */
    @ParameterizedTest
    @EnumSource
    void a_creation_is_repeated_only_if_it_was_not_made(WireFault fault) {
        ExpectedOutcome creation = fault.endings().creation();
        boolean isRefused = creation.failure().contains(OtaFailure.RateLimited.class)
                || fault == WireFault.TOO_MANY_FOR_A_SECOND
                || fault.traits().contains(WireFaultScenario.Trait.OF_CONNECTION);

        assertThat(creation.calls()).isLessThanOrEqualTo(isRefused ? 3 : 1);
    }
}
