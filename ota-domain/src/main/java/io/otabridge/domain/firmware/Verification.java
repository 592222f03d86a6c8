package io.otabridge.domain.firmware;

import io.vavr.control.Option;

/**
 * How far a package has been tried on test devices before it may be rolled out. Alibaba Cloud IoT Platform has this step
 * ({@code Status} and {@code VerifyProgress} of "QueryOTAFirmware"), Huawei Cloud IoTDA does not.
 */
public sealed interface Verification {

    /** The package may be rolled out without verification. */
    static Verification notRequired() {
        return new NotRequired();
    }

    /** Not tried yet. */
    static Verification unverified() {
        return new Unverified();
    }

    /** Being tried; the vendor does not say how far. */
    static Verification verifying() {
        return new Verifying(Option.none());
    }

    /**
     * Being tried.
     *
     * @param percent how far, from 0 to 100
     * @throws IllegalArgumentException if it is anything else
     */
    static Verification verifying(int percent) {
        return new Verifying(Option.some(percent));
    }

    /** Tried with success. */
    static Verification verified() {
        return new Verified();
    }

    /** Tried without success. */
    static Verification failed() {
        return new Failed();
    }

    /** The vendor has no verification step. */
    static Verification notOffered() {
        return new NotOffered();
    }

    /** The vendor does not say in this response. */
    static Verification notStated() {
        return new NotStated();
    }

    /** A state that is newer than this library. */
    static Verification unknown(String raw) {
        return new Unknown(raw);
    }

    /**
     * Whether nothing about verification stands in the way of a rollout: verified, not required, or a vendor that has no
     * such step. A state that is not stated or unknown does stand in the way.
     */
    default boolean permitsRollout() {
        return this instanceof Verified || this instanceof NotRequired || this instanceof NotOffered;
    }

    /** The package may be rolled out without verification: Alibaba {@code Status} -1. */
    record NotRequired() implements Verification {}

    /** Not tried yet: Alibaba {@code Status} 0. */
    record Unverified() implements Verification {}

    /** Being tried; percent is 0 to 100, absent where not said: Alibaba {@code Status} 2. */
    record Verifying(Option<Integer> percent) implements Verification {

        /** @throws IllegalArgumentException if the percent is not from 0 to 100 */
        public Verifying {
            if (percent.exists(p -> p < 0 || p > 100)) {
                throw new IllegalArgumentException("percent of verification must be 0 to 100 but is " + percent.get());
            }
        }
    }

    /** Tried with success: Alibaba {@code Status} 1. */
    record Verified() implements Verification {}

    /** Tried without success: Alibaba {@code Status} 3. */
    record Failed() implements Verification {}

    /** This vendor has no verification step. */
    record NotOffered() implements Verification {}

    /** The vendor has the step, but this answer does not speak of it. */
    record NotStated() implements Verification {}

    /** A state that is newer than this library; {@code raw} is what the vendor sent. */
    record Unknown(String raw) implements Verification {}
}
