package io.otabridge.domain.job;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.StringConstraint;
import io.vavr.control.Either;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The caller's token of a new upgrade job. A creation whose response was lost is found again by its token, so the job is
 * never created twice. Huawei Cloud IoTDA stores it as {@code task_name}, Alibaba Cloud IoT Platform as a tag, which
 * devices receive too.
 *
 * <p>The parts of a large job have the tokens {@code token_1of3}, {@code token_2of3} and so on. Only {@link
 * io.otabridge.domain.job.command.JobCreator} creates jobs with such tokens.
 *
 * @param value 1 to 100 letters, digits and underscores, and the number of a part
 */
public record ClientToken(String value) {

    /** The maximum length without the number of a part. */
    public static final int MAX_LENGTH = 100;

    /** The number of a part and the number of all parts. */
    private static final String PART = "_([1-9][0-9]{0,5})of([1-9][0-9]{0,5})";

    private static final Pattern PART_TOKEN = Pattern.compile(".*" + PART);
    private static final StringConstraint CONSTRAINT = StringConstraint.matching(
            "client token",
            "[A-Za-z0-9_]{1," + MAX_LENGTH + "}(" + PART + ")?",
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
     * Returns the token of one job of several, such as {@code token_2of3}.
     *
     * @param number from 1
     * @param count the number of all parts
     */
    public ClientToken part(int number, int count) {
        return new ClientToken(value + "_" + number + "of" + count);
    }

    /** Returns the number of a part, from 1; 0 if the token does not end like that of a part. */
    public int partNumber() {
        return partGroup(1);
    }

    /** Returns the number of all parts; 0 if the token does not end like that of a part. */
    public int partCount() {
        return partGroup(2);
    }

    private int partGroup(int group) {
        Matcher part = PART_TOKEN.matcher(value);
        return part.matches() ? Integer.parseInt(part.group(group)) : 0;
    }

    /** Returns whether the other token is this one, or one of its parts. */
    public boolean includes(ClientToken other) {
        return other.equals(this) || other.value().matches(value + PART);
    }

    @Override
    public String toString() {
        return value;
    }
}
