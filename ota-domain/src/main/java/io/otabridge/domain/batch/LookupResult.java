package io.otabridge.domain.batch;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;

/**
 * The result of one lookup among many. Immutable.
 *
 * @param <I> the type of the id
 * @param <T> the type of the object
 * @param id the requested id
 * @param result the object, or the failure
 */
public record LookupResult<I, T>(I id, Either<OtaFailure, T> result) {}
