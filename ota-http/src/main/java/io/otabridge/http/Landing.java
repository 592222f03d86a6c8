package io.otabridge.http;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;

/**
 * What has become of a call whose answer others wait for.
 *
 * @param outcome what its caller made of it
 * @param answer what it is for others: the last answer, of which each makes what it likes, or the failure that none came
 * @param needed the nanoseconds that its caller lacked to send it again; {@link Long#MAX_VALUE} if it would not have
 */
record Landing<T>(Either<OtaFailure, T> outcome, Either<OtaFailure, HttpAnswer> answer, long needed) {}
