package io.otabridge.domain.observation;

import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;

/**
 * A change that was sent to a vendor, for an audit record. Immutable; it holds no credential.
 *
 * @param origin the backend and the vendor's name of the operation
 * @param subject what was changed, such as {@code the deletion of firmware f1}
 * @param started when the change was sent, by the clock of the context
 * @param duration until the result
 * @param failure the failure; absent if the change succeeded
 */
public record ChangeEvent(
        OperationContext origin, String subject, Instant started, Duration duration, Option<OtaFailure> failure) {}
