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
 * What every {@link io.otabridge.domain.firmware.FirmwareCommandPort} does. A test class of an adapter implements this
 * interface and the hooks of {@link BackendContract}, and inherits the tests.
 */
public interface FirmwareCommandContract extends OperationContract {

    /** Makes the vendor hold a package that may be deleted, and answers its id. */
    FirmwareId givenFirmwareToDelete();

    /** Makes the vendor do the next change that it is asked for, and lose its answer on the way back. */
    void givenLostAnswer();

    /** Runs the action once, before the vendor handles the next deletion; it deletes the same thing. */
    void beforeNextDeletion(Runnable action);

    /** An id that obeys the domain's rule but breaks the vendor's; absent if the vendor has no rule of its own. */
    Option<FirmwareId> idAgainstTheVendorsRule();

    private boolean canDelete() {
        return can(
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
    default void deletes_one_firmware_and_no_other() {
        if (canDelete()) {
            FirmwareId kept = givenFirmwareToDelete();

            backend().firmwareCommands().delete(givenFirmwareToDelete()).get();

            assertThat(backend().firmware().find(kept).isRight()).isTrue();
        }
    }

    @Test
    default void has_deleted_firmware_that_is_not_there() {
        if (canDelete()) {
            FirmwareId id = givenFirmwareToDelete();
            backend().firmwareCommands().delete(id).get();

            assertThat(backend().firmwareCommands().delete(id).get()).isEqualTo(DeleteResult.ABSENT);
        }
    }

    @Test
    default void has_deleted_firmware_that_another_caller_deletes() {
        if (canDelete()) {
            FirmwareId id = givenFirmwareToDelete();
            FirmwareCommandPort commands = backend().firmwareCommands();
            AtomicReference<DeleteResult> others = new AtomicReference<>();
            beforeNextDeletion(() -> others.set(commands.delete(id).get()));

            assertThat(commands.delete(id).get()).isEqualTo(DeleteResult.ABSENT);
            assertThat(others).hasValue(DeleteResult.DELETED);
        }
    }

    @Test
    default void has_deleted_firmware_though_the_answer_was_lost() {
        if (canDelete()) {
            FirmwareId id = givenFirmwareToDelete();
            // Over a connection that is open already, HTTP clients like to send again what got no answer.
            assertThat(backend().firmware().find(id).isRight()).isTrue();
            givenLostAnswer();

            expectDoneOrLost(backend().firmwareCommands().delete(id));

            assertThat(backend().firmwareCommands().delete(id).get()).isEqualTo(DeleteResult.ABSENT);
        }
    }

    @Test
    default void refuses_to_delete_a_firmware_id_the_vendor_would_refuse() {
        Option<FirmwareId> wrong = idAgainstTheVendorsRule();
        Assumptions.assumeTrue(wrong.isDefined(), "this vendor has no rule of its own");
        if (canDelete()) {
            int before = requestsSent();

            OtaFailure failure =
                    backend().firmwareCommands().delete(wrong.get()).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            expectOriginAndAdvice(failure);
            assertThat(requestsSent()).isEqualTo(before);
        }
    }

    @Test
    default void foresees_a_deletion_of_firmware_and_deletes_nothing() {
        FirmwareCommandPort dryRun = backend().firmwareCommands().dryRun();
        if (can(Capability.DELETE_FIRMWARE, () -> dryRun.delete(FirmwareId.of("any")))) {
            FirmwareId id = givenFirmwareToDelete();

            assertThat(dryRun.delete(id).get()).isEqualTo(DeleteResult.DELETED);
            assertThat(backend().firmware().find(id).isRight())
                    .as("still there")
                    .isTrue();

            backend().firmwareCommands().delete(id).get();
            assertThat(dryRun.delete(id).get()).isEqualTo(DeleteResult.ABSENT);
        }
    }

    @Test
    default void refuses_in_a_dry_run_a_firmware_id_the_vendor_would_refuse() {
        Option<FirmwareId> wrong = idAgainstTheVendorsRule();
        Assumptions.assumeTrue(wrong.isDefined(), "this vendor has no rule of its own");
        if (canDelete()) {
            int before = requestsSent();

            OtaFailure failure =
                    backend().firmwareCommands().dryRun().delete(wrong.get()).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            expectOriginAndAdvice(failure);
            assertThat(requestsSent()).isEqualTo(before);
        }
    }
}
