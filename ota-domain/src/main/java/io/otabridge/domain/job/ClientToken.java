package io.otabridge.domain.job;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * The caller's token of a new upgrade job. A creation whose response was lost is found again by its token, so the job is
 * never created twice. Huawei Cloud IoTDA stores it as {@code task_name}, Alibaba Cloud IoT Platform as a tag, which
 * devices receive too.
 *
 * <p>The parts of a large job have the tokens {@code token_1}, {@code token_2} and so on. Do not give a token of this
 * form to another job.
 *
 * @param value 1 to 100 letters, digits and underscores, and the number of a part
 */
public record ClientToken(String value) {

    /** The maximum length without the number of a part. */
    public static final int MAX_LENGTH = 100;

    private static final StringConstraint CONSTRAINT = StringConstraint.matching(
            "client token",
            "[A-Za-z0-9_]{1," + MAX_LENGTH + "}(_[1-9][0-9]{0,5})?",
            "1 to 100 letters, digits and underscores");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BITS = 128;

    /** @throws IllegalArgumentException if the value violates the constraint */
    public ClientToken {
        CONSTRAINT.require(value);
    }

    /**
     * Returns the token with this value.
     *
     * @throws IllegalArgumentException if the value violates the constraint
     */
    public static ClientToken of(String value) {
        return new ClientToken(value);
    }

    /** Returns a new random token, such as {@code ota_4k1v0q2m…}. */
    public static ClientToken random() {
        return new ClientToken("ota_" + new BigInteger(BITS, RANDOM).toString(Character.MAX_RADIX));
    }

    /**
     * Parses a token from external text. Never throws for a text.
     *
     * @return the token, or the violated constraint
     */
    public static Either<ConstraintViolation, ClientToken> parse(String text) {
        return CONSTRAINT.check(text).map(ClientToken::new);
    }

    /**
     * Returns the token of one job of several, such as {@code token_2}.
     *
     * @param number from 1
     */
    public ClientToken part(int number) {
        return new ClientToken(value + "_" + number);
    }

    /** Returns whether the other token is this one, or one of its parts. */
    public boolean includes(ClientToken other) {
        return other.equals(this) || other.value().matches(value + "_[1-9][0-9]*");
    }

    @Override
    public String toString() {
        return value;
    }
}
