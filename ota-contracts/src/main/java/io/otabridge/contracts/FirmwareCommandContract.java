package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.control.Option;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link io.otabridge.domain.firmware.FirmwareCommandPort}. The test class of an adapter implements
 * this interface and its hooks, and inherits the tests.
 */
public interface FirmwareCommandContract extends OperationContract {

    /** Adds a package that may be deleted to the vendor, and returns its id. */
    FirmwareId givenFirmwareToDelete();

    /** Makes the vendor execute the next change and then close the connection without a response. */
    void givenLostResponse();

    /** Runs this action once, before the vendor handles the next deletion. The action deletes the same firmware. */
    void beforeNextDeletion(Runnable action);

    /**
     * Returns an id that is valid in the domain but invalid for this vendor; none if the vendor has no rule for ids.
     */
    Option<FirmwareId> invalidFirmwareId();

    private boolean canDelete() {
        return isSupported(
                Capability.DELETE_FIRMWARE, () -> backend().firmwareCommands().delete(FirmwareId.of("any")));
    }

    @Test
    default void deletes_firmware() {
        if (canDelete()) {
            FirmwareId id = givenFirmwareToDelete();

            assertThat(backend().firmwareCommands().delete(id).get()).isEqualTo(DeleteResult.DELETED);

            assertThat(backend().firmware().find(id).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
            assertThat(backend().firmware().list(FirmwareFilter.all()).stream().map(FirmwareSummary::id))
                    .doesNotContain(id);
        }
    }

    @Test
    default void deletes_only_the_given_firmware() {
        if (canDelete()) {
            FirmwareId other = givenFirmwareToDelete();

            backend().firmwareCommands().delete(givenFirmwareToDelete()).get();

            assertThat(backend().firmware().find(other).isRight()).isTrue();
        }
    }

    @Test
    default void returns_absent_when_the_firmware_does_not_exist() {
        if (canDelete()) {
            FirmwareId id = givenFirmwareToDelete();
            backend().firmwareCommands().delete(id).get();

            assertThat(backend().firmwareCommands().delete(id).get()).isEqualTo(DeleteResult.NOT_FOUND);
        }
    }

    @Test
    default void returns_absent_when_another_caller_deletes_the_firmware_first() {
        if (canDelete()) {
            FirmwareId id = givenFirmwareToDelete();
            FirmwareCommandPort commands = backend().firmwareCommands();
            AtomicReference<DeleteResult> otherResult = new AtomicReference<>();
            beforeNextDeletion(() -> otherResult.set(commands.delete(id).get()));

            assertThat(commands.delete(id).get()).isEqualTo(DeleteResult.NOT_FOUND);
            assertThat(otherResult).hasValue(DeleteResult.DELETED);
        }
    }

    @Test
    default void deletes_firmware_although_the_response_is_lost() {
        if (canDelete()) {
            FirmwareId id = givenFirmwareToDelete();
            // HTTP clients tend to retry on their own over a connection that is already open.
            assertThat(backend().firmware().find(id).isRight()).isTrue();
            givenLostResponse();

            expectGoneOrOutcomeUnknown(backend().firmwareCommands().delete(id));

            assertThat(backend().firmwareCommands().delete(id).get()).isEqualTo(DeleteResult.NOT_FOUND);
        }
    }

    @Test
    default void rejects_deletion_of_an_invalid_firmware_id_without_a_request() {
        Option<FirmwareId> invalid = invalidFirmwareId();
        Assumptions.assumeTrue(invalid.isDefined(), "this vendor has no rule for ids");
        if (canDelete()) {
            int before = requestsSent();

            OtaFailure failure =
                    backend().firmwareCommands().delete(invalid.get()).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            expectOriginAndAdvice(failure);
            assertThat(requestsSent()).isEqualTo(before);
        }
    }

    @Test
    default void dry_run_predicts_deletion_of_firmware_and_deletes_nothing() {
        FirmwareCommandPort dryRun = backend().firmwareCommands().dryRun();
        if (isSupported(Capability.DELETE_FIRMWARE, () -> dryRun.delete(FirmwareId.of("any")))) {
            FirmwareId id = givenFirmwareToDelete();

            assertThat(dryRun.delete(id).get()).isEqualTo(DeleteResult.DELETED);
            assertThat(backend().firmware().find(id).isRight())
                    .as("still exists")
                    .isTrue();

            backend().firmwareCommands().delete(id).get();
            assertThat(dryRun.delete(id).get()).isEqualTo(DeleteResult.NOT_FOUND);
        }
    }

    @Test
    default void dry_run_rejects_an_invalid_firmware_id_without_a_request() {
        Option<FirmwareId> invalid = invalidFirmwareId();
        Assumptions.assumeTrue(invalid.isDefined(), "this vendor has no rule for ids");
        if (canDelete()) {
            int before = requestsSent();

            OtaFailure failure =
                    backend().firmwareCommands().dryRun().delete(invalid.get()).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            expectOriginAndAdvice(failure);
            assertThat(requestsSent()).isEqualTo(before);
        }
    }
}
