package io.otabridge.domain.job.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.Capability;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and targets of jobs that no vendor can execute cannot be built. */
class JobRequestTest {

    private static final FirmwareId FIRMWARE = FirmwareId.of("f");

    @Test
    void a_job_needs_a_device() {
        assertThatIllegalArgumentException().isThrownBy(() -> JobTargets.devices(List.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> JobRequest.verification(FIRMWARE, List.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100.001", "0.0001"})
    void a_percentage_has_bounds_and_three_decimals(String percent) {
        assertThatIllegalArgumentException().isThrownBy(() -> JobTargets.percentage(new BigDecimal(percent)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "5", "50.00000", "1E+1", "100"})
    void a_percentage_may_have_trailing_zeros(String percent) {
        assertThat(JobTargets.percentage(new BigDecimal(percent))).isNotNull();
    }

    @Test
    void a_job_ends_after_its_start() {
        Instant start = Instant.EPOCH;

        rejects(request -> request.end(start));
        rejects(request -> request.start(start).end(start));
        rejects(request -> request.start(start).end(start.minusSeconds(1)));
        assertThat(upgrade().start(start).end(start.plusSeconds(1)).build()).isNotNull();
    }

    @Test
    void rate_and_timeout_are_positive() {
        rejects(request -> request.ratePerMinute(0));
        rejects(request -> request.timeout(Duration.ZERO));
        rejects(request -> request.timeout(Duration.ofMinutes(-1)));
    }

    @Test
    void a_verification_needs_listed_devices_and_a_kind_must_be_known() {
        JobRequest upgrade = upgrade().build();

        assertThatIllegalArgumentException().isThrownBy(() -> copy(upgrade, JobKind.UNKNOWN, upgrade.targets()));
        assertThatIllegalArgumentException().isThrownBy(() -> copy(upgrade, JobKind.VERIFICATION, JobTargets.all()));
    }

    @Test
    void a_device_and_a_source_version_are_named_once() {
        FirmwareVersion version = FirmwareVersion.of("1.0");
        DeviceId device = DeviceId.of("d");

        JobRequest request = JobRequest.upgrade(FIRMWARE, JobTargets.devices(List.of(device, device)))
                .sourceVersion(version)
                .sourceVersion(version)
                .build();

        assertThat(request.sourceVersions()).containsExactly(version);
        assertThat(request.targets()).isEqualTo(JobTargets.devices(List.of(device)));
    }

    @Test
    void a_request_has_a_random_token_unless_the_caller_gives_one() {
        assertThat(upgrade().build().token()).isNotEqualTo(upgrade().build().token());
        assertThat(upgrade().token(ClientToken.of("mine")).build()).hasToString("job mine with firmware f");
    }

    @Test
    void a_part_of_a_request_keeps_everything_but_devices_and_token() {
        JobRequest whole = upgrade()
                .ratePerMinute(50)
                .tag("k", "v")
                .needsConfirmation(true)
                .build();
        JobTargets targets = JobTargets.group(DeviceGroupId.of("g"));

        JobRequest part = whole.part(targets, ClientToken.of("t_1"));

        assertThat(part.targets()).isEqualTo(targets);
        assertThat(part.part(whole.targets(), whole.token())).isEqualTo(whole);
    }

    @Test
    void a_request_names_every_capability_that_it_needs() {
        JobRequest everything = JobRequest.upgrade(FIRMWARE, JobTargets.continuous())
                .sourceVersion(FirmwareVersion.of("1.0"))
                .start(Instant.EPOCH)
                .end(Instant.MAX)
                .ratePerMinute(1)
                .retry(new RetryPolicy(1, Duration.ZERO))
                .timeout(Duration.ofMinutes(1))
                .needsConfirmation(true)
                .replacesPending(true)
                .throughGateways(true)
                .tag("k", "v")
                .build();

        assertThat(everything.neededCapabilities())
                .containsExactly(
                        Capability.CREATE_JOB,
                        Capability.CONTINUOUS_JOB,
                        Capability.SOURCE_VERSIONS_OF_JOB,
                        Capability.JOB_START,
                        Capability.JOB_END,
                        Capability.JOB_RATE,
                        Capability.JOB_RETRIES,
                        Capability.JOB_TIMEOUT,
                        Capability.CONFIRM_TASKS,
                        Capability.REPLACE_TASKS,
                        Capability.JOB_THROUGH_GATEWAYS,
                        Capability.JOB_TAGS);
        assertThat(JobRequest.verification(FIRMWARE, List.of(DeviceId.of("d")))
                        .build()
                        .neededCapabilities())
                .containsExactly(Capability.VERIFY_FIRMWARE);
        assertThat(upgrade().build().neededCapabilities()).contains(Capability.JOB_FOR_ALL);
    }

    @Test
    void an_update_keeps_what_it_does_not_name() {
        JobUpdate update = JobUpdate.none().ratePerMinute(20).tags(LinkedHashMap.of("k", "v"));

        assertThat(update.ratePerMinute()).contains(20);
        assertThat(update.timeout()).isEmpty();
        assertThat(update.sourceVersions()).isEmpty();
    }

    private static JobRequest.Builder upgrade() {
        return JobRequest.upgrade(FIRMWARE, JobTargets.all());
    }

    private static void rejects(UnaryOperator<JobRequest.Builder> change) {
        JobRequest.Builder request = change.apply(upgrade());
        assertThatIllegalArgumentException().isThrownBy(request::build);
    }

    private static JobRequest copy(JobRequest request, JobKind kind, JobTargets targets) {
        return new JobRequest(
                request.firmware(),
                kind,
                targets,
                request.token(),
                request.sourceVersions(),
                request.start(),
                request.end(),
                request.ratePerMinute(),
                request.retry(),
                request.timeout(),
                request.needsConfirmation(),
                request.replacesPending(),
                request.throughGateways(),
                request.tags());
    }
}
