package io.otabridge.domain.firmware;

import io.vavr.control.Option;

/**
 * The verification state of a package: whether it was tested on test devices before a rollout. Alibaba Cloud IoT
 * Platform has this step ({@code Status} and {@code VerifyProgress} of "QueryOTAFirmware"), Huawei Cloud IoTDA does
 * not. Values are immutable.
 */
public sealed interface Verification {

    /** Returns the state of a package that needs no verification. */
    static Verification notRequired() {
        return new NotRequired();
    }

    /** Returns the state of a package that is not verified yet. */
    static Verification unverified() {
        return new Unverified();
    }

    /** Returns the state of a running verification with unknown progress. */
    static Verification verifying() {
        return new Verifying(Option.none());
    }

    /**
     * Returns the state of a running verification.
     *
     * @param percent the progress, 0 to 100
     * @throws IllegalArgumentException if {@code percent} is out of range
     */
    static Verification verifying(int percent) {
        return new Verifying(Option.some(percent));
    }

    /** Returns the state of a successful verification. */
    static Verification verified() {
        return new Verified();
    }

    /** Returns the state of a failed verification. */
    static Verification failed() {
        return new Failed();
    }

    /** Returns the state for a vendor without verification. */
    static Verification notOffered() {
        return new NotOffered();
    }

    /** Returns the state of a response that does not contain it. */
    static Verification notStated() {
        return new NotStated();
    }

    /** Returns the state for a value that this library does not know. */
    static Verification unknown(String raw) {
        return new Unknown(raw);
    }

    /**
     * Returns whether a rollout is permitted: verified, not required, or a vendor without verification. A state that is
     * not stated or unknown does not permit a rollout.
     */
    default boolean permitsRollout() {
        return this instanceof Verified || this instanceof NotRequired || this instanceof NotOffered;
    }

    /** Returns the identifier for output, such as {@code not-required}. */
    default String code() {
        if (this instanceof NotRequired) {
            return "not-required";
        }
        if (this instanceof Unverified) {
            return "unverified";
        }
        if (this instanceof Verifying) {
            return "verifying";
        }
        if (this instanceof Verified) {
            return "verified";
        }
        if (this instanceof Failed) {
            return "failed";
        }
        if (this instanceof NotOffered) {
            return "not-offered";
        }
        return this instanceof Unknown ? "unknown" : "not-stated";
    }

    /** The package needs no verification: Alibaba {@code Status} -1. */
    record NotRequired() implements Verification {}

    /** Not verified yet: Alibaba {@code Status} 0. */
    record Unverified() implements Verification {}

    /**
     * Verification is running: Alibaba {@code Status} 2.
     *
     * @param percent the progress, 0 to 100; absent if the vendor does not send it
     */
    record Verifying(Option<Integer> percent) implements Verification {

        /** @throws IllegalArgumentException if the percentage is out of range */
        public Verifying {
            if (percent.exists(p -> p < 0 || p > 100)) {
                throw new IllegalArgumentException("verification percent must be 0 to 100 but is " + percent.get());
            }
        }
    }

    /** Verified successfully: Alibaba {@code Status} 1. */
    record Verified() implements Verification {}

    /** Verification failed: Alibaba {@code Status} 3. */
    record Failed() implements Verification {}

    /** The vendor has no verification step. */
    record NotOffered() implements Verification {}

    /** The vendor has a verification step, but the response does not contain the state. */
    record NotStated() implements Verification {}

    /** A state that this library does not know; {@code raw} is the text as sent. */
    record Unknown(String raw) implements Verification {}
}
