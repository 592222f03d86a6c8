package io.otabridge.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.fault.ExpectedOutcome;
import io.otabridge.contracts.fault.Redirect;
import io.otabridge.contracts.fault.WireFault;
import io.otabridge.contracts.fault.WireFaultScenario;
import io.otabridge.domain.OtaFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks of {@link WireFault} that need no adapter. */
class WireFaultTest {

    private static final URI ELSEWHERE = URI.create("http://127.0.0.1:1");

    @Test
    void the_documented_table_is_up_to_date() throws IOException {
        WireFaultScenario[] redirects = Stream.of(301, 302, 303, 307, 308)
                .flatMap(status ->
                        Stream.of(Redirect.Destination.values()).map(to -> new Redirect(status, to, ELSEWHERE)))
                .toArray(WireFaultScenario[]::new);

        assertThat(Files.readString(Path.of("..", "docs", "internals", "fault-matrix.md")))
                .contains(FaultMatrixContract.rows(WireFault.values()))
                .contains(FaultMatrixContract.rows(redirects));
    }

    /** A creation with an unknown outcome, or one that the vendor has rejected, must not be retried. */
    @ParameterizedTest
    @EnumSource
    void a_creation_is_retried_only_if_it_was_not_executed(WireFault fault) {
        ExpectedOutcome creation = fault.expectedOutcomes().creation();
        boolean isRetried = creation.failure().contains(OtaFailure.RateLimited.class)
                || fault == WireFault.RETRY_AFTER_ONE_SECOND
                || fault.traits().contains(WireFaultScenario.Trait.PER_CONNECTION);

        assertThat(creation.calls()).isLessThanOrEqualTo(isRetried ? 3 : 1);
    }
}
