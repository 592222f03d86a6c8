package io.otabridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.vavr.control.Option;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link FirmwareQueryPort} does. A test class of an adapter implements this interface and the hooks of
 * {@link QueryContract}, and inherits the tests.
 */
public interface FirmwareQueryContract extends QueryContract {

    /** The port under test. */
    FirmwareQueryPort firmwarePort();

    /** Makes the vendor hold a package that has everything this vendor can say. Answers how a caller must see it. */
    Firmware givenFirmware();

    /** Makes the vendor answer for a package with this quirk. Absent if it cannot happen with this vendor. */
    Option<Firmware> givenFirmware(Quirk quirk);

    /** Makes the vendor know no such package, and answers its id. */
    FirmwareId givenNoFirmware();

    /** An id that obeys the domain's rule but breaks the vendor's; absent if the vendor has no rule of its own. */
    Option<FirmwareId> idAgainstTheVendorsRule();

    @Test
    default void finds_firmware_with_all_the_vendor_says() {
        Firmware held = givenFirmware();

        assertThat(firmwarePort().find(held.id()).get()).isEqualTo(held);
    }

    @ParameterizedTest
    @EnumSource
    default void finds_firmware_in_spite_of(Quirk quirk) {
        Option<Firmware> held = givenFirmware(quirk);
        Assumptions.assumeTrue(held.isDefined(), quirk + " cannot happen with this vendor");

        assertThat(firmwarePort().find(held.get().id()).get()).isEqualTo(held.get());
    }

    @Test
    default void answers_not_found_for_firmware_nobody_knows() {
        FirmwareId unknown = givenNoFirmware();

        OtaFailure failure = firmwarePort().find(unknown).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).contains(unknown.value());
        expectOriginAndAdvice(failure);
    }

    @Test
    default void refuses_a_firmware_id_the_vendor_would_refuse() {
        Option<FirmwareId> wrong = idAgainstTheVendorsRule();
        Assumptions.assumeTrue(wrong.isDefined(), "this vendor has no rule of its own");

        OtaFailure failure = firmwarePort().find(wrong.get()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .contains("\"" + wrong.get().value() + "\"")
                .contains("must be");
        expectOriginAndAdvice(failure);
        assertThat(requestsSent()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    default void answers_the_right_failure_for_firmware_when(Trouble trouble) {
        Assumptions.assumeTrue(canBefall(trouble), trouble + " cannot befall this backend");
        Firmware held = givenFirmware();
        givenTrouble(trouble);

        expectFailure(firmwarePort().find(held.id()).getLeft(), trouble);
    }

    @Test
    default void answers_an_interrupted_thread_about_firmware() {
        Firmware held = givenFirmware();
        givenTrouble(Trouble.NO_ANSWER_IN_TIME);

        expectUnavailableAndStillInterrupted(() -> firmwarePort().find(held.id()));
    }

    @Test
    default void answers_many_threads_at_once_about_firmware() {
        Firmware held = givenFirmware();

        assertThat(inManyThreads(() -> firmwarePort().find(held.id()).get())).containsOnly(held);
    }
}
