package io.otabridge.jackson;

/**
 * An error of an application that is not a failure of a backend, such as an invalid argument. Its JSON has the same keys
 * as that of an {@link io.otabridge.domain.OtaFailure}. Immutable.
 *
 * @param kind the kind of the error, in the style of {@code NotFound}
 * @param summary what happened, as a sentence without a final period
 * @param reason why it happened; empty if unknown
 * @param advice what to do, as a sentence without a final period
 */
public record ErrorReport(String kind, String summary, String reason, String advice) {}
